package org.aiis.conformance.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.run.Probe;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.run.Workers;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.scheme.IcsDraft;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Ics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aiis init-ics}. */
@Command(
        name = "init-ics",
        mixinStandardHelpOptions = true,
        description = {
            "Probes a backend with one small case for each operator × type and writes an ICS that claims what it took.",
            "Read it before you use it: the claims are yours, and whatever is claimed is tested as claimed."
        },
        footer = {"", "  aiis init-ics --backend cpu --out ics.yaml && aiis run --ics ics.yaml --grade full"})
final class InitIcsCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--backend", paramLabel = "WORD", description = "Default: ${DEFAULT-VALUE}.")
    String backend = "cpu";

    @Option(names = "--option", paramLabel = "NAME=VALUE", description = "Option of the backend, kept in the IXIT.")
    Map<String, String> options = Map.of();

    @Option(names = "--out", paramLabel = "FILE", description = "File to write; default: standard output.")
    Optional<Path> out = Optional.empty();

    @Override
    public Integer call() {
        Suite suite = Suite.load(Home.find());
        BackendUri uri = BackendUri.of(backend, new TreeMap<>(options));
        SortedMap<String, String> settings = uri.options();
        PrintWriter err = spec.commandLine().getErr();
        String text;
        try (WorkerPool pool = Workers.start(uri.name(), 1, IcsDraft.TIMEOUT_SECONDS, settings);
                ProgressBar progress = new ProgressBar(err, Terminal.watched(), false)) {
            Probe probe = Probe.of(suite, pool, progress);
            Ics ics = IcsDraft.claiming(pool.sut(), 2, settings, probe.taken(), probe.elsewhere());
            text = "# What the vendor claims, and how the tests reach it (spec/schemas/ics.schema.json).\n"
                    + "# Drafted by a probe: 'supplier', 'accuracy', 'flushesSubnormals' and 'knownDeviations' are yours\n"
                    + "# to fill in. 'fallback' names the operators of which a node ran on another provider: where that is\n"
                    + "# not meant, take it out, and it is a failure.\n"
                    + Codec.yaml(ics);
        }
        if (out.isEmpty()) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
            return 0;
        }
        try {
            Files.writeString(out.get(), text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw InputException.because(out.get() + ": cannot be written; an ICS is never overwritten", e);
        }
        err.println("wrote " + out.get());
        return 0;
    }
}
