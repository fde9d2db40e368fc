package org.aiis.conformance.worker;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aiis.reference.serving.ServingLimits;
import org.aiis.reference.serving.server.ReferenceServer;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/**
 * Performs {@link Step.Exchange}: with the server that the options name, which has to hold the models already, or with the
 * reference server before the backend under test.
 */
final class Exchanging {
    private static final String SERVER = "server";
    private static final String GRPC = "grpc-server";

    /** Options that say where a server under test is. */
    static final List<String> OPTIONS = List.of(SERVER, GRPC);

    /** Begins the names of models that no server has to hold: they are not to be run. */
    private static final String BROKEN = "aiis-broken";

    private final Optional<Calls> calls;
    private final Optional<String> server;

    private Exchanging(Optional<Calls> calls, Optional<String> server) {
        this.calls = calls;
        this.server = server;
    }

    static Exchanging withReferenceServer() {
        return new Exchanging(Optional.empty(), Optional.empty());
    }

    /** @throws InputException for what is no address */
    static Exchanging of(Map<String, String> options) {
        Optional<URI> rest = Optional.ofNullable(options.get(SERVER)).map(Exchanging::rest);
        Optional<InetSocketAddress> grpc =
                Optional.ofNullable(options.get(GRPC)).map(Exchanging::grpc);
        if (rest.isEmpty() && grpc.isPresent()) {
            throw InputException.of("option " + GRPC + " without " + SERVER, "say where the same server answers HTTP");
        }
        return new Exchanging(rest.map(uri -> new Calls(uri, grpc)), rest.map(URI::toString));
    }

    private static URI rest(String text) {
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if ("http".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (java.net.URISyntaxException e) {
            throw InputException.because("option " + SERVER, e);
        }
        throw InputException.at("option " + SERVER, 0, "http://HOST:PORT", "'" + text + "'");
    }

    private static InetSocketAddress grpc(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw InputException.at("option " + GRPC, 0, "HOST:PORT", "'" + text + "'");
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port > 65535) {
            throw InputException.at("option " + GRPC, 0, "a port of 0 to 65535", "" + port);
        }
        return new InetSocketAddress(text.substring(0, colon), port);
    }

    /** Address of the server under test; empty where it is the suite's own. */
    Optional<String> server() {
        return server;
    }

    Observation perform(Step.Exchange step, Backend backend) {
        if (calls.isPresent()) {
            Optional<String> lacks = step.models().keySet().stream()
                    .filter(name -> !name.startsWith(BROKEN))
                    .filter(name -> !calls.get().holds(name))
                    .findFirst();
            return lacks.isPresent()
                    ? new Observation.NotDriven("the server at " + server.orElse("") + " does not serve the model '"
                            + lacks.get() + "'; 'aiis serve --conformance-models DIR' writes it")
                    : answers(step, calls.get());
        }
        SortedMap<String, SortedMap<String, Bytes>> models = new TreeMap<>();
        step.models().forEach((name, model) -> models.put(name, new TreeMap<>(Map.of("1", model))));
        ReferenceServer.Place place = new ReferenceServer.Place("127.0.0.1", 0, OptionalInt.of(0));
        try (ReferenceServer reference =
                ReferenceServer.start(new Lent(backend), "reference", models, place, ServingLimits.DEFAULT)) {
            URI rest = URI.create("http://127.0.0.1:" + reference.port());
            InetSocketAddress grpc = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), reference.grpcPort().orElseThrow());
            return answers(step, new Calls(rest, Optional.of(grpc)));
        } catch (InputException e) {
            return new Observation.NotDriven(String.valueOf(e.getMessage()));
        }
    }

    private static Observation answers(Step.Exchange step, Calls calls) {
        List<Calls.Answer> answers = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(
                step.atOnce() ? Math.max(1, step.calls().size()) : 1);
        try {
            List<Future<Calls.Answer>> made = new ArrayList<>();
            step.calls().forEach(call -> made.add(threads.submit(() -> calls.make(call))));
            for (Future<Calls.Answer> each : made) {
                answers.add(each.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Observation.NotDriven("the suite was interrupted");
        } catch (ExecutionException e) {
            return new Observation.NotDriven("a request could not be made: " + e.getCause());
        } finally {
            threads.shutdownNow();
        }
        SortedMap<String, Tensor> told = new TreeMap<>(Comparator.naturalOrder());
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).tell(i + "/", told);
        }
        return Observation.Outputs.of(told);
    }

    /** The backend of a worker, which outlives the server, and answers one step at a time. */
    private record Lent(Backend backend) implements Backend {
        @Override
        public Sut describe() {
            Sut sut = backend.describe();
            return new Sut(
                    sut.name(),
                    sut.vendor(),
                    sut.version(),
                    sut.backend(),
                    sut.provider(),
                    sut.libraries(),
                    new TreeMap<>());
        }

        @Override
        public Observation perform(Step step) {
            return backend.perform(step);
        }

        @Override
        public void close() {
            // The worker goes on.
        }
    }
}
