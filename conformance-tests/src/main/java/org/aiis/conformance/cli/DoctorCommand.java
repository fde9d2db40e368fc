package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.backend.Backends;
import org.aiis.conformance.run.FirstLook;
import org.aiis.conformance.run.Machine;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.run.Workers;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.scheme.IcsDraft;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.testing.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aiis doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Says what is on this machine: backends, versions, providers, what is missing and how to get it, and shows each backend ten cases. Ends 0 when all ten are right, 1 when one is not, 3 when a backend cannot be started.")
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
        Map<String, List<FirstLook.Look>> looks = new LinkedHashMap<>();
        List<String> troubles = new ArrayList<>();
        for (String word : backends) {
            try (WorkerPool pool = Workers.start(word, 1, IcsDraft.TIMEOUT_SECONDS, new TreeMap<>(options));
                    ProgressBar progress = new ProgressBar(spec.commandLine().getErr(), Terminal.watched(), false)) {
                found.put(word, pool.sut());
                looks.put(word, FirstLook.of(suite, pool, progress));
            } catch (InputException e) {
                troubles.add(word + ": " + e.getMessage());
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(Codec.pretty(Map.of(
                    "suite",
                    Suite.version(),
                    "cases",
                    suite.catalogue().count(),
                    "machine",
                    Machine.describe(),
                    "backends",
                    found,
                    "tenCases",
                    looks,
                    "troubles",
                    troubles)));
        } else {
            print(out, suite, found, looks, troubles);
        }
        out.flush();
        boolean right = looks.values().stream()
                .flatMap(List::stream)
                .allMatch(look -> look.finding().verdict() == Verdict.PASS);
        return !troubles.isEmpty() ? 3 : right ? 0 : 1;
    }

    private static void print(
            PrintWriter out,
            Suite suite,
            Map<String, Sut> found,
            Map<String, List<FirstLook.Look>> looks,
            List<String> troubles) {
        out.println("suite      " + Suite.version() + ", catalogue of "
                + suite.catalogue().count() + " cases");
        Machine.describe().forEach((name, value) -> out.printf("%-10s %s%n", name, value));
        found.forEach((word, sut) -> {
            out.println();
            out.println("backend    " + word + ": " + sut.name() + " " + sut.version() + " (" + sut.vendor() + "), "
                    + sut.provider());
            sut.properties().forEach((name, value) -> out.println("           " + name + ": " + value));
            sut.libraries().forEach((name, sha) -> out.println("           " + name + " sha256 " + sha));
            cases(out, looks.getOrDefault(word, List.of()));
        });
        troubles.forEach(t -> out.println(System.lineSeparator() + "missing    " + t));
        out.println();
        out.println(
                "Any execution provider of ONNX Runtime: aiis doctor --backend 'ort:cuda?library-path=FOLDER', see 'aiis list backends'.");
        out.println("A program that speaks spec/worker-protocol.md can stand in for any other runtime:");
        out.println("aiis run --backend 'exec:/path/to/program arguments'.");
    }

    /** One line when all is right; else a line for each that is not. */
    private static void cases(PrintWriter out, List<FirstLook.Look> looks) {
        List<FirstLook.Look> wrong = looks.stream()
                .filter(look -> look.finding().verdict() != Verdict.PASS)
                .toList();
        String where = String.join(
                ", ",
                looks.stream().flatMap(look -> look.ranOn().stream()).collect(Collectors.toCollection(TreeSet::new)));
        out.println("           " + (looks.size() - wrong.size()) + " of " + looks.size() + " cases right"
                + (where.isEmpty() ? "; it does not tell where nodes run" : "; nodes ran on " + where));
        wrong.forEach(look -> out.println(
                "           " + look.finding().verdict() + " " + look.finding().message()));
    }
}
