package dev.myelin.transport;

import dev.myelin.Deadline;
import dev.myelin.Status;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The transport on Netty: epoll where the native library is present, NIO elsewhere.
public final class NettyTransport implements Transport {

  /// Connections that wait to be accepted, if the kernel allows as many, as Linux does: all callers
  /// of a process that ended may come to another one at once, and one that finds no room here waits
  /// a second before it tries again.
  private static final int BACKLOG = 4096;

  private static final AttributeKey<NettyConnection> CONNECTION =
      AttributeKey.valueOf(NettyTransport.class, "connection");
  private static final int WRITE_HIGH = 1 << 20;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  /// Connections beyond the limit that are told so at a time; more are closed without a word.
  private static final int MOST_TOLD = 128;

  private final TransportSettings settings;
  private final TransportSecurity security;
  private final Dialer dialer;
  private final EventLoopGroup loops;
  private final Class<? extends Channel> clientChannel;
  private final Class<? extends ServerChannel> serverChannel;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final ByteBufAllocator buffers;
  private final AcceptedConnections accepted;
  private final UnfinishedFrames unfinished;
  private final RefusalLog refusals = new RefusalLog(System::nanoTime);
  private final AtomicInteger refusing = new AtomicInteger();

  /// A transport whose connections are not secured.
  ///
  /// @param settings limits
  public NettyTransport(TransportSettings settings) {
    this(settings, TransportSecurity.none());
  }

  /// Starts no thread yet: event loops start with their first connection.
  ///
  /// @param settings limits
  /// @param security of all connections
  public NettyTransport(TransportSettings settings, TransportSecurity security) {
    this(settings, security, Dialer.direct());
  }

  /// Starts no thread yet: event loops start with their first connection.
  ///
  /// @param settings limits
  /// @param security of all connections
  /// @param dialer of the connections that are made
  public NettyTransport(TransportSettings settings, TransportSecurity security, Dialer dialer) {
    this(settings, security, dialer, ByteBufAllocator.DEFAULT);
  }

  NettyTransport(
      TransportSettings settings,
      TransportSecurity security,
      Dialer dialer,
      ByteBufAllocator buffers) {
    this.settings = settings;
    this.security = security;
    this.dialer = dialer;
    this.buffers = buffers;
    this.accepted = new AcceptedConnections(settings.maxConnections());
    this.unfinished = new UnfinishedFrames(settings.maxUnfinished(), System::nanoTime);
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory factory = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    this.loops = new MultiThreadIoEventLoopGroup(settings.eventLoops(), ioThreads(), factory);
    this.clientChannel = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    this.serverChannel = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  private static ThreadFactory ioThreads() {
    return new DefaultThreadFactory("myelin-io", true) {
      @Override
      protected Thread newThread(Runnable task, String name) {
        return new IoThread(threadGroup, task, name);
      }
    };
  }

  @Override
  public Endpoint listen(Endpoint bind, Supplier<Frame.Hello> hello, FrameListener listener)
      throws IOException {
    var bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(serverChannel)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, buffers)
            .childHandler(initializer(hello, listener, null));
    var bound = bootstrap.bind(bind.host(), bind.port()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "Cannot listen on %s: %s; set 'myelin.bind-address' and 'myelin.port' to what is free here"
              .formatted(bind, Objects.requireNonNull(bound.cause()).getMessage()),
          bound.cause());
    }
    channels.add(bound.channel());
    var address = (InetSocketAddress) bound.channel().localAddress();
    return new Endpoint(bind.host(), address.getPort());
  }

  @Override
  public Connection connect(
      Endpoint endpoint, Frame.Hello hello, FrameListener listener, Patience patience)
      throws IOException, InterruptedException {
    // rounded up: who gives all the time that is left must find that it has passed
    int millis =
        Math.clamp(patience.connecting().plusNanos(999_999).toMillis(), 1, Integer.MAX_VALUE);
    var deadline = Deadline.after(patience.whole());
    var route = dialer.route(endpoint);
    var hop = route.hop();
    var connecting =
        new Bootstrap()
            .group(loops)
            .channel(clientChannel)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
            .option(ChannelOption.ALLOCATOR, buffers)
            .handler(initializer(() -> hello, listener, route))
            .connect(hop.host(), hop.port());
    try {
      return greeted(connecting, endpoint, deadline, patience.whole());
    } catch (InterruptedException e) {
      // nobody would ever close it
      var _ = connecting.addListener(_ -> close(connecting.channel()));
      throw e;
    }
  }

  private static Connection greeted(
      ChannelFuture connecting, Endpoint endpoint, Deadline deadline, Duration timeout)
      throws IOException, InterruptedException {
    var connected = connecting.await();
    if (!connected.isSuccess()) {
      throw new IOException(
          "Cannot connect to %s: %s"
              .formatted(endpoint, Objects.requireNonNull(connected.cause()).getMessage()),
          connected.cause());
    }
    var channel = connected.channel();
    // not from the pipeline, which is empty already if the peer refused at once
    var connection = channel.attr(CONNECTION).get();
    try {
      return connection
          .ready()
          .get(Math.max(1, deadline.remaining().toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      var awaited = awaited(channel);
      var _ = channel.close();
      throw new IOException("%s from %s within %s".formatted(awaited, endpoint, timeout), e);
    } catch (ExecutionException e) {
      throw new IOException(
          "No hello from %s: %s"
              .formatted(endpoint, Objects.requireNonNull(e.getCause()).getMessage()),
          e);
    }
  }

  private static String awaited(Channel channel) {
    var tunnel = channel.pipeline().get(TunnelHandler.class);
    if (tunnel != null && !tunnel.awaited().isEmpty()) {
      return tunnel.awaited();
    }
    var tls = channel.pipeline().get(SslHandler.class);
    return tls == null || tls.handshakeFuture().isSuccess()
        ? "No hello"
        : "No end of the TLS handshake ('myelin.ssl.bundle'), and so no hello";
  }

  private ChannelInitializer<Channel> initializer(
      Supplier<Frame.Hello> hello, FrameListener listener, Dialer.@Nullable Route route) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channels.add(channel);
        channel
            .config()
            .setWriteBufferWaterMark(
                new io.netty.channel.WriteBufferWaterMark(WRITE_HIGH / 2, WRITE_HIGH));
        var place = route != null ? null : accepted.enter(() -> NettyTransport.close(channel));
        if (place != null) {
          var _ = channel.closeFuture().addListener(_ -> place.leave());
        } else if (route == null) {
          refuse(channel);
          return;
        }
        if (route != null) {
          route.prepare(channel);
        }
        security.secure(channel, route == null ? null : route.endpoint(), settings.keepAlive());
        boolean initiator = route != null;
        int maxHello = initiator ? FrameReader.MAX_SERVER_HELLO : FrameReader.MAX_CALLER_HELLO;
        var reader = new FrameReader(settings.maxFrame(), maxHello, unfinished);
        var wiring =
            new NettyConnection.Wiring(reader, refusals, place == null ? () -> {} : place::greeted);
        var connection = new NettyConnection(channel, wiring, settings, hello, listener, initiator);
        channel.attr(CONNECTION).set(connection);
        channel.pipeline().addLast(reader).addLast(connection);
      }
    };
  }

  // connections say first what is still queued
  private static void end(Channel channel) {
    var connection = channel.attr(CONNECTION).get();
    if (connection == null) {
      close(channel);
    } else {
      connection.leave("this process has closed its connections");
    }
  }

  private static void close(Channel channel) {
    var _ = channel.close();
  }

  private void refuse(Channel channel) {
    var why =
        "%,d connections are open here already, the limit that 'myelin.wire.max-connections' sets"
            .formatted(accepted.max());
    refusals.refused(NettyConnection.remote(channel), why);
    if (refusing.incrementAndGet() <= MOST_TOLD) {
      channel.pipeline().addLast(new Farewell(Status.RESOURCE_EXHAUSTED, why));
    } else {
      close(channel);
    }
    var _ = channel.closeFuture().addListener(_ -> refusing.decrementAndGet());
  }

  /// Connections of others that are open.
  int accepted() {
    return accepted.taken();
  }

  /// Bytes kept of frames that have not come whole.
  long unfinished() {
    return unfinished.total();
  }

  @Override
  public void close() {
    channels.forEach(NettyTransport::end);
    channels.newCloseFuture().awaitUninterruptibly(CLOSE_LIMIT.toMillis());
    channels.close().awaitUninterruptibly(CLOSE_LIMIT.toMillis());
    loops
        .shutdownGracefully(0, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSE_LIMIT.toMillis());
  }
}
