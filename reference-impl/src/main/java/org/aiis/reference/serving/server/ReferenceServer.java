package org.aiis.reference.serving.server;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.aiis.reference.serving.InferenceService;
import org.aiis.reference.serving.ServingLimits;
import org.aiis.reference.serving.grpc.GrpcServer;
import org.aiis.reference.serving.rest.RestServer;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.Bytes;

/** The reference inference server: models on a backend, offered over REST and, where asked for, over gRPC. */
public final class ReferenceServer implements AutoCloseable {
    private static final int LEAST_THREADS = 16;

    private final InferenceService service;
    private final ExecutorService threads;
    private final RestServer rest;
    private final Optional<GrpcServer> grpc;

    private ReferenceServer(
            InferenceService service, ExecutorService threads, RestServer rest, Optional<GrpcServer> grpc) {
        this.service = service;
        this.threads = threads;
        this.rest = rest;
        this.grpc = grpc;
    }

    /**
     * Where it listens.
     *
     * @param host address of this machine; loopback unless somebody wants more
     * @param port of REST, 0 for any that is free
     * @param grpcPort likewise; empty for none
     */
    public record Place(String host, int port, OptionalInt grpcPort) {}

    /**
     * Loads the models, then begins to listen.
     *
     * @param version of the server, for its metadata
     * @param models by name and version
     * @throws org.aiis.spec.codec.InputException when a model does not load, or nothing can listen there
     */
    public static ReferenceServer start(
            Backend backend,
            String version,
            SortedMap<String, SortedMap<String, Bytes>> models,
            Place place,
            ServingLimits limits) {
        int most = Math.max(LEAST_THREADS, 4 * Runtime.getRuntime().availableProcessors());
        ExecutorService threads = threads(most, limits.queued());
        InferenceService service = new InferenceService(backend, limits, threads);
        try {
            models.forEach((name, versions) -> versions.forEach((number, model) -> service.add(name, number, model)));
            Optional<GrpcServer> grpc = place.grpcPort().isPresent()
                    ? Optional.of(GrpcServer.start(
                            service,
                            version,
                            new InetSocketAddress(place.host(), place.grpcPort().getAsInt()),
                            threads))
                    : Optional.empty();
            try {
                RestServer rest = RestServer.start(service, version, place.host(), place.port(), most);
                return new ReferenceServer(service, threads, rest, grpc);
            } catch (RuntimeException e) {
                grpc.ifPresent(GrpcServer::close);
                throw e;
            }
        } catch (RuntimeException e) {
            service.close();
            threads.shutdownNow();
            throw e;
        }
    }

    private static ExecutorService threads(int most, int queued) {
        AtomicInteger count = new AtomicInteger();
        // A full queue runs in the thread that would add to it: whoever asks for too much waits.
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most,
                most,
                60,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(4 * queued),
                task -> {
                    Thread thread = new Thread(task, "serving-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    public int port() {
        return rest.port();
    }

    /** Port of gRPC, where it is offered. */
    public OptionalInt grpcPort() {
        return grpc.map(g -> OptionalInt.of(g.port())).orElse(OptionalInt.empty());
    }

    public InferenceService service() {
        return service;
    }

    /** Answers what is under way, refuses what comes, and ends. */
    @Override
    public void close() {
        rest.close();
        grpc.ifPresent(GrpcServer::close);
        threads.shutdown();
        service.close();
    }
}
