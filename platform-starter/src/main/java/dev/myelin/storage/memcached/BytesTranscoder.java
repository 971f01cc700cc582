package dev.myelin.storage.memcached;

import net.rubyeye.xmemcached.transcoders.CachedData;
import net.rubyeye.xmemcached.transcoders.CompressionMode;
import net.rubyeye.xmemcached.transcoders.Transcoder;

/// Bytes as they are: nothing is deserialised by XMemcached, whatever a node holds.
final class BytesTranscoder implements Transcoder<byte[]> {

  @Override
  public CachedData encode(byte[] value) {
    return new CachedData(0, value, Integer.MAX_VALUE, -1);
  }

  @Override
  public byte[] decode(CachedData data) {
    return data.getData();
  }

  @Override
  public void setPrimitiveAsString(boolean ignored) {}

  @Override
  public void setPackZeros(boolean ignored) {}

  @Override
  public void setCompressionThreshold(int ignored) {}

  @Override
  public boolean isPrimitiveAsString() {
    return false;
  }

  @Override
  public boolean isPackZeros() {
    return false;
  }

  @Override
  public void setCompressionMode(CompressionMode ignored) {}
}
