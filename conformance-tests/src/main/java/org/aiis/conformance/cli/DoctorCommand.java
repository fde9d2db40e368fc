package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.backend.Backends;
import org.aiis.conformance.run.Machine;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.run.Workers;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.scheme.IcsDraft;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Sut;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aiis doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Says what is on this machine: backends, versions, providers, and what is missing and how to get it.")
final class DoctorCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--backend", paramLabel = "WORD", description = "Only this backend. Default: cpu and reference.")
    List<String> backends = List.of("cpu", "reference");

    @Option(names = "--option", paramLabel = "NAME=VALUE", description = "Option of the backend.")
    Map<String, String> options = Map.of();

    @Option(names = "--json", description = "JSON for machines.")
    boolean json;

    @Override
    public Integer call() {
        Suite suite = Suite.load(Home.find());
        backends.stream()
                .filter(b -> !b.startsWith(Workers.FOREIGN))
                .map(b -> BackendUri.of(b, new TreeMap<>()).name())
                .forEach(Backends.installed()::check);
        Map<String, Sut> found = new LinkedHashMap<>();
        List<String> troubles = new ArrayList<>();
        for (String word : backends) {
            try (WorkerPool pool = Workers.start(word, 1, IcsDraft.TIMEOUT_SECONDS, new TreeMap<>(options))) {
                found.put(word, pool.sut());
            } catch (InputException e) {
                troubles.add(word + ": " + e.getMessage());
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(Codec.pretty(Map.of(
                    "suite", Suite.version(),
                    "cases", suite.catalogue().count(),
                    "machine", Machine.describe(),
                    "backends", found,
                    "troubles", troubles)));
        } else {
            print(out, suite, found, troubles);
        }
        out.flush();
        return troubles.isEmpty() ? 0 : 3;
    }

    private static void print(PrintWriter out, Suite suite, Map<String, Sut> found, List<String> troubles) {
        out.println("suite      " + Suite.version() + ", catalogue of "
                + suite.catalogue().count() + " cases");
        Machine.describe().forEach((name, value) -> out.printf("%-10s %s%n", name, value));
        found.forEach((word, sut) -> {
            out.println();
            out.println("backend    " + word + ": " + sut.name() + " " + sut.version() + " (" + sut.vendor() + "), "
                    + sut.provider());
            sut.properties().forEach((name, value) -> out.println("           " + name + ": " + value));
            sut.libraries().forEach((name, sha) -> out.println("           " + name + " sha256 " + sha));
        });
        troubles.forEach(t -> out.println("\nmissing    " + t));
        out.println();
        out.println(
                "Any execution provider of ONNX Runtime: aiis doctor --backend 'ort:cuda?library-path=FOLDER', see 'aiis list backends'.");
        out.println("A program that speaks spec/worker-protocol.md can stand in for any other runtime:");
        out.println("aiis run --backend 'exec:/path/to/program arguments'.");
    }
}
