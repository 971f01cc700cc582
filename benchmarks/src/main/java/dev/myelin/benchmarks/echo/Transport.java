package dev.myelin.benchmarks.echo;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/// The native transport where there is one, else Java's own.
final class Transport {
  private static final boolean NATIVE = Epoll.isAvailable();

  private Transport() {}

  static String name() {
    return NATIVE ? "epoll" : "NIO";
  }

  static EventLoopGroup oneEventLoop() {
    return new MultiThreadIoEventLoopGroup(1, handlers());
  }

  static Class<? extends ServerChannel> serverChannel() {
    return NATIVE ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  static Class<? extends Channel> clientChannel() {
    return NATIVE ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  private static IoHandlerFactory handlers() {
    return NATIVE ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }
}
