package org.aiis.conformance.qualification.dots;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.aiis.conformance.judge.DotStatistics;
import org.aiis.conformance.run.Progress;
import org.aiis.spec.standard.PrecisionMode;

/**
 * Chooses the criterion for dot products: right implementations that differ and defective ones, on the same operands, judged
 * by our criterion and by the published ones. A defect counts where it puts an output further off than every right
 * implementation does, in units of σ or of u·(|A||B|). The same numbers come out of every run.
 */
public final class DotExperiment {
    /** Tensors of dot products that a run judges, rounded up: the catalogue of this edition has fewer. */
    private static final int TENSORS = 10_000;

    private static final double ALPHA = 0.05;

    private DotExperiment() {}

    /** Runs it on all cores. */
    public static DotTable run(Size size, Progress progress) {
        List<Supplier<Problem>> problems = size.problems();
        List<Implementation> panel = Panel.all();
        List<Implementation> defects = Defects.all();
        progress.stage("dot products", problems.size());
        // A stride, so that no core gets all the long ones.
        int stride = 101;
        int count = problems.size();
        Trial[] trials = new Trial[count];
        IntStream.range(0, stride).boxed().toList().parallelStream().forEach(first -> {
            for (int i = first; i < count; i += stride) {
                trials[i] = Trial.of(problems.get(i).get(), panel, defects);
                progress.tick();
            }
        });
        List<Trial> all = List.of(trials);
        return new DotTable(
                size.name().toLowerCase(java.util.Locale.ROOT),
                count,
                lines(all),
                right(all, panel),
                defective(all, defects),
                falseFail(all));
    }

    private static List<DotTable.Line> lines(List<Trial> trials) {
        List<DotTable.Line> lines = new ArrayList<>();
        for (Criterion criterion : Criterion.values()) {
            lines.add(new DotTable.Line(
                    criterion.title(),
                    criterion.published(),
                    count(trials, t -> plain(t, false), j -> j.rejected(criterion)),
                    count(trials, t -> plain(t, true), j -> j.rejected(criterion)),
                    count(trials, Trial::defects, j -> !j.rejected(criterion))));
        }
        return lines;
    }

    private static List<Trial.Judged> plain(Trial trial, boolean claimed) {
        return trial.correct().stream().filter(j -> j.claimed() == claimed).toList();
    }

    private static DotTable.Count count(
            List<Trial> trials,
            Function<Trial, List<Trial.Judged>> which,
            java.util.function.Predicate<Trial.Judged> hit) {
        int of = 0;
        int hits = 0;
        for (Trial trial : trials) {
            for (Trial.Judged judged : which.apply(trial)) {
                of++;
                hits += hit.test(judged) ? 1 : 0;
            }
        }
        return new DotTable.Count(hits, of);
    }

    private static List<DotTable.Right> right(List<Trial> trials, List<Implementation> panel) {
        Map<String, List<Trial.Judged>> by = byName(trials, Trial::correct);
        return panel.stream()
                .map(way -> {
                    List<Trial.Judged> judged = by.getOrDefault(way.name(), List.of());
                    return new DotTable.Right(
                            way.name(),
                            way.modes().stream()
                                    .map(PrecisionMode::word)
                                    .sorted()
                                    .toList(),
                            judged.size(),
                            judged.stream()
                                    .mapToDouble(j -> j.share(Criterion.OURS))
                                    .max()
                                    .orElse(0));
                })
                .toList();
    }

    private static List<DotTable.Defect> defective(List<Trial> trials, List<Implementation> defects) {
        Map<String, List<Trial.Judged>> by = byName(trials, Trial::defects);
        return defects.stream()
                .map(defect -> {
                    List<Trial.Judged> judged = by.getOrDefault(defect.name(), List.of());
                    return new DotTable.Defect(
                            defect.name(),
                            judged.size(),
                            (int) trials.stream()
                                    .filter(t -> t.inapplicable().contains(defect.name()))
                                    .count(),
                            (int) judged.stream()
                                    .filter(j -> !j.rejected(Criterion.OURS))
                                    .count());
                })
                .toList();
    }

    private static Map<String, List<Trial.Judged>> byName(
            List<Trial> trials, Function<Trial, List<Trial.Judged>> which) {
        Map<String, List<Trial.Judged>> by = new LinkedHashMap<>();
        trials.forEach(t -> which.apply(t).forEach(j -> by.computeIfAbsent(j.name(), name -> new ArrayList<>())
                .add(j)));
        return by;
    }

    /**
     * Of every implementation that does all types, by itself: its problems are independent of each other, implementations on
     * one problem are not. The one with the worst bound stands for all.
     */
    private static DotTable.FalseFail falseFail(List<Trial> trials) {
        Map<String, List<Trial.Judged>> by = byName(trials, t -> plain(t, false));
        int most = by.values().stream().mapToInt(List::size).max().orElse(0);
        by.values().removeIf(judged -> judged.size() < most);
        List<Tail> tails = by.entrySet().stream()
                .map(e -> Tail.of(
                        e.getKey(),
                        e.getValue().stream()
                                .mapToDouble(Trial.Judged::exponent)
                                .toArray(),
                        DotStatistics.RISK_EXPONENT,
                        ALPHA / by.size()))
                .toList();
        Tail worst = tails.stream()
                .max(Comparator.comparingDouble(Tail::upper))
                .orElseThrow(() -> new IllegalStateException("no implementation claims nothing"));
        return new DotTable.FalseFail(
                TENSORS,
                DotStatistics.risk(TENSORS),
                Math.min(1, TENSORS * worst.upper()),
                worst.name(),
                worst.scale(),
                worst.shape(),
                1 / Math.sqrt(worst.exceedances()),
                tails.stream().mapToDouble(Tail::largest).max().orElse(0),
                DotStatistics.RISK_EXPONENT);
    }
}
