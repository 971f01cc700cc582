package dev.myelin.transport;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Tunnel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.ssl.SslCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The near end of a tunnel: asks for it, then turns bytes into binary messages and back.
///
/// What stands behind it in the pipeline sees a channel that becomes active when the tunnel is
/// there, and that brings and takes bytes. Belongs to the channel's event loop.
final class TunnelHandler extends ChannelDuplexHandler {

  private static final int MAX_MESSAGE = 1 << 20;
  private static final int KEY_BYTES = 16;

  /// Fired as a user event when the gateway is about to end.
  enum Leaving {
    LEAVING
  }

  private final TunnelEntrance.Way way;
  private final URI target;
  private final Endpoint to;
  private final Runnable refused;
  private final TunnelKey key;
  private boolean established;
  private boolean failed;

  /// Creates one for one channel.
  ///
  /// @param way in
  /// @param target the tunnels' address
  /// @param to where this one leads
  /// @param refused to be run where the credentials were
  TunnelHandler(TunnelEntrance.Way way, URI target, Endpoint to, Runnable refused) {
    this.way = way;
    this.target = target;
    this.to = to;
    this.refused = refused;
    var random = new byte[KEY_BYTES];
    // it only tells an answer to this request from a cached one
    ThreadLocalRandom.current().nextBytes(random);
    this.key = TunnelKey.of(random);
  }

  /// What is still waited for, for messages; empty once the tunnel is there. May be read from any
  /// thread, when it is too late anyway.
  String awaited() {
    return established ? "" : "No tunnel through " + way;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    var request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.GET, target.getRawPath(), Unpooled.EMPTY_BUFFER);
    way.headers().forEach(request.headers()::set);
    request
        .headers()
        .set(Tunnel.TO, to.toString())
        .set(HttpHeaderNames.HOST, host())
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13")
        .set(HttpHeaderNames.SEC_WEBSOCKET_KEY, key.asked());
    var _ = context.writeAndFlush(request);
  }

  private String host() {
    return target.getPort() < 0 ? target.getHost() : target.getHost() + ":" + target.getPort();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    switch (message) {
      case FullHttpResponse answer -> {
        try {
          answered(context, answer);
        } finally {
          ReferenceCountUtil.release(answer);
        }
      }
      case BinaryWebSocketFrame bytes -> context.fireChannelRead(bytes.content());
      case ContinuationWebSocketFrame bytes -> context.fireChannelRead(bytes.content());
      case WebSocketFrame control -> {
        try {
          controlled(context, control);
        } finally {
          ReferenceCountUtil.release(control);
        }
      }
      default -> {
        ReferenceCountUtil.release(message);
        fail(context, "it does not speak HTTP as a gateway does", null);
      }
    }
  }

  private void answered(ChannelHandlerContext context, FullHttpResponse answer) {
    if (failed || established) {
      return;
    }
    if (!answer.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      if (answer.status().equals(HttpResponseStatus.UNAUTHORIZED)) {
        refused.run();
      }
      fail(context, TunnelRefusal.describe(answer), null);
    } else if (!key.answeredBy(answer.headers().get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT))) {
      fail(context, "its answer is not to this request, so something between keeps answers", null);
    } else {
      established = true;
      var decoder =
          WebSocketDecoderConfig.newBuilder()
              .maxFramePayloadLength(MAX_MESSAGE)
              .expectMaskedFrames(false)
              .allowExtensions(false)
              .build();
      context
          .pipeline()
          .addBefore(context.name(), null, new WebSocket13FrameDecoder(decoder))
          .addBefore(context.name(), null, new WebSocket13FrameEncoder(true));
      var http = context.pipeline().get(HttpClientCodec.class);
      http.removeOutboundHandler();
      context.pipeline().remove(HttpObjectAggregator.class);
      context.fireChannelActive();
      // last, since it passes on what came with the answer
      context.pipeline().remove(http);
    }
  }

  private static void controlled(ChannelHandlerContext context, WebSocketFrame frame) {
    switch (frame) {
      case PingWebSocketFrame ping -> {
        var _ = context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
      }
      case TextWebSocketFrame text when text.text().equals(Tunnel.LEAVE) ->
          context.fireUserEventTriggered(Leaving.LEAVING);
      case CloseWebSocketFrame close -> {
        var why = close.reasonText();
        context.fireExceptionCaught(
            new IOException(
                "the gateway closed the tunnel%s".formatted(why.isEmpty() ? "" : ": " + why)));
        var _ = context.close();
      }
      // answers to pings, and what later gateways may say
      default -> {}
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (!established) {
      ReferenceCountUtil.release(message);
      promise.setFailure(new ClosedChannelException());
    } else if (message instanceof ByteBuf bytes) {
      var _ = context.write(new BinaryWebSocketFrame(bytes), promise);
    } else {
      var _ = context.write(message, promise);
    }
  }

  // the TLS of the way in is no matter of those behind, who may have their own
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof SslCompletionEvent)) {
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var root =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    if (established) {
      context.fireExceptionCaught(new IOException("the tunnel broke: " + root.getMessage(), root));
    } else {
      fail(context, String.valueOf(root.getMessage()), root);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!established) {
      fail(context, "it closed the connection", null);
    }
    context.fireChannelInactive();
  }

  private void fail(ChannelHandlerContext context, String why, @Nullable Throwable cause) {
    if (!failed) {
      failed = true;
      context.fireExceptionCaught(
          new IOException("no tunnel through the gateway at %s: %s".formatted(way, why), cause));
      var _ = context.close();
    }
  }
}
