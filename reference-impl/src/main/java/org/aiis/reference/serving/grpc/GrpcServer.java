package org.aiis.reference.serving.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.aiis.onnx.inference.ModelInferRequest;
import org.aiis.onnx.inference.ModelMetadataRequest;
import org.aiis.onnx.inference.ModelMetadataResponse;
import org.aiis.onnx.inference.ModelReadyRequest;
import org.aiis.onnx.inference.ModelReadyResponse;
import org.aiis.onnx.inference.ServerLiveResponse;
import org.aiis.onnx.inference.ServerMetadataResponse;
import org.aiis.onnx.inference.ServerReadyResponse;
import org.aiis.reference.serving.InferenceService;
import org.aiis.reference.serving.Refusal;
import org.aiis.reference.serving.ServedModel;
import org.aiis.reference.serving.Signature;
import org.aiis.spec.codec.InputException;

/** The protocol over gRPC: the six unary methods that it demands. Messages come as bytes and are read with bounds here. */
public final class GrpcServer implements AutoCloseable {
    /** Full name of the service. */
    public static final String SERVICE = "inference.GRPCInferenceService";

    private static final long LEAVING_SECONDS = 30;
    private static final int HEADERS = 16 << 10;
    private static final int CALLS_OF_A_CONNECTION = 256;

    private final InferenceService service;
    private final String version;
    private final Server server;

    private GrpcServer(InferenceService service, String version, InetSocketAddress address, Executor threads) {
        this.service = service;
        this.version = version;
        this.server = NettyServerBuilder.forAddress(address)
                .executor(threads)
                .maxInboundMessageSize(service.limits().bodyBytes())
                .maxInboundMetadataSize(HEADERS)
                .maxConcurrentCallsPerConnection(CALLS_OF_A_CONNECTION)
                .maxConnectionIdle(10L * service.limits().idleMillis(), TimeUnit.MILLISECONDS)
                .addService(definition())
                .build();
    }

    /** Begins to listen; port 0 for any that is free. */
    public static GrpcServer start(
            InferenceService service, String version, InetSocketAddress address, Executor threads) {
        GrpcServer grpc = new GrpcServer(service, version, address, threads);
        try {
            grpc.server.start();
        } catch (IOException e) {
            throw InputException.because("nothing can listen at " + address, e);
        }
        return grpc;
    }

    public int port() {
        return server.getPort();
    }

    /** Takes no more calls, and waits for those under way. */
    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(LEAVING_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.shutdownNow();
        }
    }

    /** Answers a message; the answer may come later. */
    @FunctionalInterface
    private interface Method {
        CompletableFuture<? extends MessageLite> answer(byte[] request) throws InvalidProtocolBufferException;
    }

    private ServerServiceDefinition definition() {
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(SERVICE);
        add(definition, "ServerLive", r -> done(ServerLiveResponse.newBuilder().setLive(true)));
        add(
                definition,
                "ServerReady",
                r -> done(ServerReadyResponse.newBuilder().setReady(service.ready())));
        add(definition, "ModelReady", r -> {
            ModelReadyRequest asked = ModelReadyRequest.parseFrom(r);
            return done(ModelReadyResponse.newBuilder()
                    .setReady(service.ready(asked.getName(), version(asked.getVersion()))));
        });
        add(
                definition,
                "ServerMetadata",
                r -> done(ServerMetadataResponse.newBuilder()
                        .setName(InferenceService.NAME)
                        .setVersion(version)
                        .addAllExtensions(service.extensions())));
        add(definition, "ModelMetadata", r -> {
            ModelMetadataRequest asked = ModelMetadataRequest.parseFrom(r);
            return done(metadata(service.model(asked.getName(), version(asked.getVersion()))));
        });
        add(definition, "ModelInfer", r -> {
            ModelInferRequest asked = ModelInferRequest.parseFrom(r);
            ServedModel model = service.model(asked.getModelName(), version(asked.getModelVersion()));
            return service.infer(model, InferMessages.read(asked, service.limits()))
                    .thenApply(InferMessages::write);
        });
        return definition.build();
    }

    private static CompletableFuture<MessageLite> done(MessageLite.Builder message) {
        return CompletableFuture.completedFuture(message.build());
    }

    private static Optional<String> version(String given) {
        return Optional.of(given).filter(v -> !v.isEmpty());
    }

    private ModelMetadataResponse.Builder metadata(ServedModel model) {
        ModelMetadataResponse.Builder message = ModelMetadataResponse.newBuilder()
                .setName(model.name())
                .addAllVersions(service.versions(model.name()))
                .setPlatform(service.platform())
                .putAllProperties(model.signature().properties());
        model.signature().inputs().forEach(p -> message.addInputs(tensor(p)));
        model.signature().outputs().forEach(p -> message.addOutputs(tensor(p)));
        return message;
    }

    private static ModelMetadataResponse.TensorMetadata.Builder tensor(Signature.Port port) {
        return ModelMetadataResponse.TensorMetadata.newBuilder()
                .setName(port.name())
                .setDatatype(port.datatype().name())
                .addAllShape(port.shape());
    }

    private void add(ServerServiceDefinition.Builder definition, String name, Method method) {
        MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setRequestMarshaller(AsBytes.INSTANCE)
                .setResponseMarshaller(AsBytes.INSTANCE)
                .build();
        definition.addMethod(descriptor, (call, headers) -> new Call(call, method));
    }

    private enum AsBytes implements MethodDescriptor.Marshaller<byte[]> {
        INSTANCE;

        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One call: a message comes, an answer or a status goes. */
    private final class Call extends ServerCall.Listener<byte[]> {
        private final ServerCall<byte[], byte[]> call;
        private final Method method;
        private Optional<byte[]> request = Optional.empty();

        Call(ServerCall<byte[], byte[]> call, Method method) {
            this.call = call;
            this.method = method;
            call.request(1);
        }

        @Override
        public void onMessage(byte[] message) {
            request = Optional.of(message);
        }

        @Override
        public void onHalfClose() {
            long room = request.map(r -> r.length).orElse(0);
            try {
                service.admit(room);
            } catch (Refusal e) {
                end(e);
                return;
            }
            try {
                byte[] message = request.orElseThrow(
                        () -> new Refusal(Refusal.Reason.MALFORMED, "the call ended before its message"));
                CompletableFuture<?> unused = method.answer(message).whenComplete((answer, failure) -> {
                    service.release(room);
                    if (failure != null) {
                        end(InferenceService.refusal(failure));
                    } else {
                        call.sendHeaders(new Metadata());
                        call.sendMessage(answer.toByteArray());
                        call.close(Status.OK, new Metadata());
                    }
                });
            } catch (InvalidProtocolBufferException e) {
                service.release(room);
                end(new Refusal(Refusal.Reason.MALFORMED, "the message is no protobuf of this method"));
            } catch (RuntimeException | OutOfMemoryError e) {
                service.release(room);
                end(InferenceService.refusal(e));
            }
        }

        private void end(Refusal refusal) {
            service.metrics().refused(refusal.reason());
            call.close(status(refusal.reason()).withDescription(refusal.told()), new Metadata());
        }
    }

    private static Status status(Refusal.Reason reason) {
        return switch (reason) {
            case MALFORMED, COUNT, SHAPE, TYPE, NUMBER, NAME, REFUSED_BY_MODEL -> Status.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.NOT_FOUND;
            case METHOD, UNSUPPORTED, NOT_IN_JSON -> Status.UNIMPLEMENTED;
            case TOO_LARGE, BUSY -> Status.RESOURCE_EXHAUSTED;
            case LATE -> Status.DEADLINE_EXCEEDED;
            case NOT_READY -> Status.UNAVAILABLE;
            case INTERNAL -> Status.INTERNAL;
        };
    }
}
