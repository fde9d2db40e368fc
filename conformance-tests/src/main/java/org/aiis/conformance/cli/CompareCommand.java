package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.aiis.conformance.run.Rejudging;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.scheme.Home;
import org.aiis.report.Reports;
import org.aiis.report.scoreboard.Admission;
import org.aiis.report.scoreboard.BoardFile;
import org.aiis.report.scoreboard.Entrant;
import org.aiis.report.scoreboard.Row;
import org.aiis.report.scoreboard.Scoreboard;
import org.aiis.report.scoreboard.Tally;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.conformity.Glob;
import org.aiis.spec.standard.Standard;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aiis compare}. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Puts bundles of several systems side by side: one page of systems,",
            "conformance classes and operators, with what became of each case (passed,",
            "wrong, accepted what has to be refused, refused, crashed, hung, ran elsewhere,",
            "not driven, undecided, waived) and what every other system did with it.",
            "Each bundle is verified first. Compared are the cases that all bundles hold",
            "and that showed every system the same; the page counts the rest, and says",
            "where profiles, grades and releases differ."
        },
        footer = {
            "",
            "  aiis compare cpu cuda --out board.html",
            "  aiis compare cpu cuda --select 'OP-Conv-*' --json",
            "",
            "A scoreboard is neither a declaration nor a certificate: the verdict on a",
            "system stands in its own report.",
            "Exit codes: 0 done; 1 a bundle is refused; 2 wrong usage or input;",
            "            3 a bundle was made with another release."
        })
final class CompareCommand implements Callable<Integer> {
    /** Reasons printed of each bundle that does not verify. */
    private static final int PRINTED = 6;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "BUNDLE",
            arity = "1..*",
            description = "Folders of bundles, at most " + Scoreboard.MOST + "; their order is that of the columns.")
    List<Path> bundles = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE|DIR",
            description = {
                "The page, or a folder for the page and its numbers as JSON (" + BoardTarget.PAGE + ", "
                        + BoardTarget.FILE + ").",
                "Default: " + BoardTarget.PAGE + " here; with --json none."
            })
    Optional<Path> out = Optional.empty();

    @Option(
            names = "--select",
            paramLabel = "GLOB",
            description = "Only cases whose id matches, such as 'OP-Conv-*'; may be repeated.")
    List<String> select = List.of();

    @Option(
            names = "--unverified",
            description = {
                "Show also bundles that do not verify, as their files say it; the page marks them.",
                "They are verified all the same, and the page says what is wrong."
            })
    boolean unverified;

    @Mixin
    VectorOptions vectors = new VectorOptions();

    @Option(names = "--json", description = "JSON for machines on standard output.")
    boolean json;

    @Override
    public Integer call() {
        BoardTarget.requireDistinct(bundles);
        Optional<BoardTarget> target =
                out.isEmpty() && json ? Optional.empty() : Optional.of(BoardTarget.of(out, bundles));
        Suite suite = Suite.load(Home.find());
        List<Admission> admissions = new ArrayList<>();
        List<Entrant> entrants = new ArrayList<>();
        try (ProgressBar progress = new ProgressBar(spec.commandLine().getErr(), Terminal.watched(), false)) {
            for (Path bundle : bundles) {
                Suite own = vectors.over(suite, bundle);
                Reports reports = new Reports(own.standard(), new Rejudging(own));
                progress.stage("verifying " + bundle, 0);
                Admission admission = reports.admit(bundle, cases -> progress.tick());
                admissions.add(admission);
                if (admission.verified() || unverified) {
                    entrants.add(reports.entrant(bundle, admission));
                }
            }
        }
        if (entrants.size() < bundles.size()) {
            return refuse(admissions);
        }
        Scoreboard board = Scoreboard.of(entrants, suite.standard(), this::selected);
        String figures = Codec.pretty(BoardFile.of(board, Standard.STATUS));
        byte[] page = new Reports(suite.standard(), new Rejudging(suite)).page(board);
        target.ifPresent(t -> t.write(page, figures));
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            console.print(figures);
        } else {
            print(console, board);
            target.ifPresent(t -> console.println("page    " + t.page()));
        }
        console.flush();
        return 0;
    }

    private boolean selected(String id) {
        return select.isEmpty() || select.stream().anyMatch(glob -> Glob.matches(glob, id));
    }

    private int refuse(List<Admission> admissions) {
        PrintWriter err = spec.commandLine().getErr();
        for (int i = 0; i < bundles.size(); i++) {
            Admission admission = admissions.get(i);
            if (!admission.verified()) {
                err.println("aiis: " + bundles.get(i) + " does not verify: " + admission.said());
                admission.reasons().stream().limit(PRINTED).forEach(reason -> err.println("  " + reason));
                if (admission.reasons().size() > PRINTED) {
                    err.println(
                            "  and " + (admission.reasons().size() - PRINTED) + " more: aiis verify " + bundles.get(i));
                }
            }
        }
        err.println("Nothing is compared. Leave these bundles out, run the systems again with this release, or give"
                + " --unverified: the page then marks them.");
        err.flush();
        return admissions.stream().anyMatch(a -> a.kind() == Admission.Kind.REFUSED) ? 1 : 3;
    }

    private static void print(PrintWriter console, Scoreboard board) {
        console.println("compared " + board.cases() + " cases of "
                + board.entrants().size()
                + (board.entrants().size() == 1
                        ? " bundle"
                        : " bundles; the systems differ in "
                                + board.rows().stream().mapToInt(Row::differing).sum()));
        List<Tally> totals = board.totals();
        for (int i = 0; i < totals.size(); i++) {
            Entrant e = board.entrants().get(i);
            console.println("  " + Scoreboard.key(i) + "  " + e.sut().name() + " "
                    + e.sut().version() + ", "
                    + e.sut().provider() + " (" + e.bundle() + ")"
                    + (e.admission().verified()
                            ? ""
                            : "  NOT VERIFIED: " + e.admission().said()));
            console.println("     " + told(totals.get(i)));
        }
        board.notes().forEach(note -> console.println("  note: " + note));
    }

    private static String told(Tally tally) {
        String outcomes = tally.outcomes().entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey().word())
                .collect(Collectors.joining(" · "));
        return tally.waived() == 0 ? outcomes : outcomes + " · " + tally.waived() + " waived";
    }
}
