package org.aiis.conformance.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.report.bundle.Layout;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.standard.Requirement;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.testing.TestCase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aiis explain}. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Explains a requirement: its text and source line, its cases and their tolerance, its last verdict.",
        footer = {"", "  aiis explain OP-Softmax-VALUES"})
final class ExplainCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "REQUIREMENT-ID", description = "Id of a requirement, or of a case.")
    String id = "";

    @Option(
            names = "--bundle",
            paramLabel = "DIR",
            description = "Bundle to take the last verdict from; default: the newest below ./aiis-out.")
    Optional<Path> bundle = Optional.empty();

    @Option(names = "--json", description = "JSON for machines.")
    boolean json;

    @Override
    public Integer call() {
        Suite suite = Suite.load(Home.find());
        String wanted = id.contains("/") ? id.substring(0, id.indexOf('/')) : id;
        Requirement r = suite.standard().requirement(wanted);
        List<TestCase> cases = suite.catalogue().cases().stream()
                .filter(c -> c.requirements().contains(r.id()))
                .filter(c -> !id.contains("/") || c.id().startsWith(id))
                .toList();
        if (cases.isEmpty() && id.contains("/")) {
            throw InputException.of(
                    "no case '" + id + "'", "'aiis explain " + r.id() + "' names the cases of the requirement");
        }
        Optional<Results.RequirementResult> last = last(r.id());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            TreeMap<String, Object> all = new TreeMap<>();
            all.put("requirement", r);
            all.put("cases", cases.stream().map(TestCase::id).toList());
            last.ifPresent(l -> all.put("last", l));
            out.print(Codec.pretty(all));
            out.flush();
            return 0;
        }
        out.println(r.id() + " (" + r.level().word() + ")");
        out.println("  " + r.text());
        out.println("  clause " + r.clause() + ", spec/chapters/" + r.source() + ", edition " + StandardReader.EDITION);
        r.untested().ifPresent(why -> out.println("  untested: " + why));
        r.operator().map(suite.standard()::operator).ifPresent(row -> tolerance(out, row));
        out.println("  " + cases.size() + " cases");
        cases.stream()
                .limit(SHOWN)
                .forEach(c -> out.println("    " + c.id() + "  (" + c.grade().word() + ")"));
        if (cases.size() > SHOWN) {
            out.println("    … and " + (cases.size() - SHOWN) + " more: aiis list cases");
        }
        last.ifPresentOrElse(
                l -> {
                    out.println("  last verdict: " + l.verdict() + " over " + l.cases() + " cases"
                            + (l.waived() > 0 ? ", waived: " + l.waived() : ""));
                    l.failing().stream().limit(SHOWN).forEach(c -> out.println("    not passed: " + c));
                },
                () -> out.println("  last verdict: none found"));
        out.flush();
        return 0;
    }

    private static void tolerance(PrintWriter out, OperatorRow row) {
        out.println("  tolerance: relaxed " + row.relaxed().notation() + ", full "
                + row.full().notation() + " (clause 4.3); integers, bools and strings exact");
    }

    private Optional<Results.RequirementResult> last(String requirement) {
        return bundle.or(ExplainCommand::newest)
                .map(b -> Codec.file(b.resolve(Layout.RESULTS), Results.class))
                .flatMap(results -> results.requirements().stream()
                        .filter(r -> r.id().equals(requirement))
                        .findFirst());
    }

    private static Optional<Path> newest() {
        Path runs = Path.of(RunCommand.RUNS);
        if (!Files.isDirectory(runs)) {
            return Optional.empty();
        }
        try (Stream<Path> bundles = Files.list(runs)) {
            return bundles.filter(b -> Files.isRegularFile(b.resolve(Layout.RESULTS)))
                    .max(Comparator.comparing(Path::getFileName));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
