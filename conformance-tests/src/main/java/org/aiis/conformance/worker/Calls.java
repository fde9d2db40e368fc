package org.aiis.conformance.worker;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Step.Exchange;
import org.aiis.spec.testing.Step.Exchange.Call;

/** Makes calls to a server over HTTP, over gRPC, and over bare connections. */
final class Calls {
    /** What the protocol speaks of; others, such as Date, differ from time to time. */
    private static final List<String> HEADERS = List.of("content-type", "inference-header-content-length", "allow");

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int LARGEST = 64 << 20;
    private static final int NO_ANSWER = -1;

    private final URI rest;
    private final Optional<InetSocketAddress> grpc;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LONGEST)
            .build();

    Calls(URI rest, Optional<InetSocketAddress> grpc) {
        this.rest = rest;
        this.grpc = grpc;
    }

    record Answer(int status, Bytes body, SortedMap<String, String> headers) {
        static Answer none() {
            return new Answer(NO_ANSWER, Bytes.own(new byte[0]), new TreeMap<>());
        }

        void tell(String prefix, Map<String, Tensor> to) {
            to.put(prefix + "status", Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, status));
            to.put(prefix + "body", Tensor.ofBytes(ElementType.UINT8, Shape.of(body.size()), body.toArray()));
            headers.forEach(
                    (name, value) -> to.put(prefix + "header/" + name, Tensor.ofStrings(Shape.SCALAR, List.of(value))));
        }
    }

    /** Whether the server says what a model is. */
    boolean holds(String model) {
        return make(new Call("GET", "/v2/models/" + model, new TreeMap<>(), Bytes.own(new byte[0])))
                        .status()
                == 200;
    }

    Answer make(Call call) {
        try {
            return switch (call.method()) {
                case Exchange.GRPC -> grpc.isPresent() ? unary(grpc.get(), call) : Answer.none();
                case Exchange.RAW -> raw(call);
                default -> http(call);
            };
        } catch (IOException | TimeoutException e) {
            return Answer.none();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.none();
        }
    }

    private Answer http(Call call) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(rest + call.path()))
                .timeout(LONGEST)
                .method(call.method(), BodyPublishers.ofByteArray(call.body().toArray()));
        call.headers().forEach(request::header);
        HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
        SortedMap<String, String> headers = new TreeMap<>();
        for (String name : HEADERS) {
            response.headers().firstValue(name).ifPresent(value -> headers.put(name, value));
        }
        try (InputStream body = response.body()) {
            return new Answer(response.statusCode(), Bytes.own(body.readNBytes(LARGEST)), headers);
        }
    }

    /** The first answer on a fresh connection, up to the end that the server makes of it, or to the end of its body. */
    private Answer raw(Call call) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(rest.getHost(), rest.getPort() < 0 ? 80 : rest.getPort()), (int)
                    LONGEST.toMillis());
            socket.setSoTimeout((int) LONGEST.toMillis());
            socket.getOutputStream().write(call.body().toArray());
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] part = new byte[4096];
            try {
                for (int n = socket.getInputStream().read(part);
                        n >= 0 && all.size() < LARGEST;
                        n = socket.getInputStream().read(part)) {
                    all.write(part, 0, n);
                }
            } catch (java.net.SocketException reset) {
                return parsed(all.toByteArray()); // After bytes that the server does not read.
            }
            return parsed(all.toByteArray());
        }
    }

    private static Answer parsed(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || !text.matches("(?s)HTTP/1\\.[01] [1-5][0-9][0-9].*")) {
            return Answer.none();
        }
        SortedMap<String, String> headers = new TreeMap<>();
        text.substring(0, end).lines().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon)).strip().toLowerCase(Locale.ROOT);
            if (HEADERS.contains(name)) {
                headers.put(name, line.substring(colon + 1).strip());
            }
        });
        return new Answer(
                Integer.parseInt(text.substring(9, 12)),
                Bytes.own(Arrays.copyOfRange(answer, end + 4, answer.length)),
                headers);
    }

    private static Answer unary(InetSocketAddress address, Call call)
            throws IOException, InterruptedException, TimeoutException {
        ManagedChannel channel = NettyChannelBuilder.forAddress(address)
                .usePlaintext()
                .maxInboundMessageSize(LARGEST)
                .build();
        try {
            MethodDescriptor<byte[], byte[]> method = MethodDescriptor.<byte[], byte[]>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName(
                            MethodDescriptor.generateFullMethodName("inference.GRPCInferenceService", call.path()))
                    .setRequestMarshaller(AsBytes.INSTANCE)
                    .setResponseMarshaller(AsBytes.INSTANCE)
                    .build();
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            ClientCall<byte[], byte[]> made = channel.newCall(
                    method, CallOptions.DEFAULT.withDeadlineAfter(LONGEST.toMillis(), TimeUnit.MILLISECONDS));
            made.start(new Listening(answer), new Metadata());
            made.sendMessage(call.body().toArray());
            made.halfClose();
            made.request(2);
            return answer.get(2 * LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e);
        } finally {
            channel.shutdownNow();
        }
    }

    private static final class Listening extends ClientCall.Listener<byte[]> {
        private final CompletableFuture<Answer> answer;
        private byte[] message = new byte[0];

        Listening(CompletableFuture<Answer> answer) {
            this.answer = answer;
        }

        @Override
        public void onMessage(byte[] received) {
            message = received;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            answer.complete(new Answer(status.getCode().value(), Bytes.own(message), new TreeMap<>()));
        }
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
}
