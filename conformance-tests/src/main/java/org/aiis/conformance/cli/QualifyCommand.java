package org.aiis.conformance.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.aiis.conformance.qualification.Figures;
import org.aiis.conformance.qualification.OperatorFigures;
import org.aiis.conformance.qualification.Published;
import org.aiis.conformance.qualification.Qualification;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.testing.Grade;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aiis qualify}. */
@Command(
        name = "qualify",
        mixinStandardHelpOptions = true,
        subcommands = {QualifyDotsCommand.class, QualifyLayersCommand.class},
        description = {
            "Measures the suite: runs a panel of faulty and of right implementations through the catalogue.",
            "A pair of operator and fault counts where a search that does not know the catalogue finds an input",
            "that the fault answers worse than any right implementation of the panel."
        },
        footer = {
            "",
            "  aiis qualify                              every operator, a few minutes",
            "  aiis qualify --operators Softmax          one operator",
            "  aiis qualify --faults 'axis-*' --json     some faults, for machines",
            "  aiis qualify --operators 'A*,B*' --out p1; aiis qualify --operators 'C*' --join p1/panel.json",
            "  aiis qualify --operators Resize --write   its figures in what is published, after its cases changed",
            "",
            "Exit code 1 when a right implementation was rejected, or the oracle failed on an input of the search."
        })
final class QualifyCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--operators",
            split = ",",
            paramLabel = "GLOB",
            description = "Only operators of these names; * is anything, a comma is or.")
    List<String> operators = List.of("*");

    @Option(names = "--faults", paramLabel = "GLOB", description = "Only faults of these names; * is anything.")
    String faults = "*";

    @Option(names = "--grade", paramLabel = "GRADE", description = "How much of the catalogue: quick or full.")
    Grade grade = Grade.FULL;

    @Option(
            names = "--search",
            paramLabel = "N",
            description = {
                "Inputs of the search for each operator, at most; it ends early where 60 in a row show nothing new.",
                "Default: " + Qualification.SEARCH + "."
            })
    int search = Qualification.SEARCH;

    @Option(names = "--jobs", paramLabel = "N", description = "Threads. Default: one for each core.")
    int jobs = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "JSON for machines.")
    boolean json;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder to write panel.json to.")
    Optional<Path> out = Optional.empty();

    @Option(
            names = "--join",
            paramLabel = "FILE",
            description = {
                "A panel.json of other operators, measured before with --out on the same cases of them: its figures are joined.",
                "May be given more than once, so that a long measurement can be made in parts."
            })
    List<Path> join = List.of();

    @Option(
            names = "--write",
            description = {
                "Write fixtures/qualification/panel.json, the figures that reports quote. With --operators only their",
                "figures in it are replaced, where the cases of the others are the same as when it was measured."
            })
    boolean write;

    @Override
    public Integer call() throws InterruptedException {
        if (write && !faults.equals("*")) {
            throw InputException.of("--write with --faults would publish a part of the faults", "leave --faults out");
        }
        Suite suite = Suite.load(Home.find());
        PrintWriter err = spec.commandLine().getErr();
        Figures measured;
        try (ProgressBar bar = new ProgressBar(err, Terminal.watched(), false)) {
            Predicate<String> chosen =
                    operators.stream().map(QualifyCommand::glob).reduce(o -> false, Predicate::or);
            measured = new Qualification(suite, grade, chosen, glob(faults), search).run(jobs, bar);
        }
        Figures figures = joined(suite, measured);
        PrintWriter printer = spec.commandLine().getOut();
        if (json) {
            printer.print(Codec.pretty(figures));
        } else {
            print(figures, printer);
        }
        printer.flush();
        out.ifPresent(folder -> save(figures, folder.resolve("panel.json")));
        if (write) {
            Path file = suite.home().root().resolve(Published.PANEL);
            save(published(suite, figures, file), file);
        }
        return exitCode(figures);
    }

    /** 1 where the suite itself was wrong: it rejected a right implementation, or its oracle failed on a valid input. */
    static int exitCode(Figures figures) {
        boolean answered = figures.operators().stream().allMatch(o -> o.oracle().isEmpty());
        return figures.rejected() == 0 && answered ? 0 : 1;
    }

    private Figures joined(Suite suite, Figures measured) {
        Figures figures = measured;
        for (Path file : join) {
            figures = figures.joined(suite, file, Codec.file(file, Figures.class));
        }
        return figures;
    }

    private static Figures published(Suite suite, Figures figures, Path file) {
        boolean all = figures.byOperator()
                .keySet()
                .containsAll(suite.standard().operators().keySet());
        return all ? figures.brief() : figures.into(suite, file, Codec.file(file, Figures.class));
    }

    private static Predicate<String> glob(String pattern) {
        return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q")).asMatchPredicate();
    }

    private static void save(Figures figures, Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, Codec.pretty(figures), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void print(Figures figures, PrintWriter to) {
        to.println("found by fault");
        figures.byFault().forEach((name, share) -> line(to, name, share));
        to.println();
        to.println("found by operator");
        figures.byOperator().forEach((name, share) -> line(to, name, share));
        for (OperatorFigures operator : figures.operators()) {
            operator.missed()
                    .forEach(
                            (fault, how) -> to.println("missed    " + operator.operator() + "  " + fault + ": " + how));
            operator.rejected()
                    .forEach((variant, why) ->
                            to.println("rejected  " + operator.operator() + "  " + variant + ": " + why));
        }
        for (OperatorFigures operator : figures.operators()) {
            operator.oracle()
                    .forEach((what, node) -> to.println(
                            "oracle    " + operator.operator() + "  " + what + " at " + node.replaceAll("\\s+", " ")));
        }
        to.println();
        to.printf(
                Locale.ROOT,
                "%d faults, %d right variants; %d of %d applicable operator × fault pairs found (%.1f %%); %d right rejected%n",
                figures.faults(),
                figures.variants(),
                figures.found(),
                figures.applicable(),
                figures.percent(),
                figures.rejected());
    }

    private static void line(PrintWriter to, String name, Figures.Share share) {
        to.printf(Locale.ROOT, "  %-32s %4d of %4d%n", name, share.found(), share.applicable());
    }
}
