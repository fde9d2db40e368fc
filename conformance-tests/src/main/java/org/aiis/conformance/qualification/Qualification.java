package org.aiis.conformance.qualification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.aiis.conformance.catalogue.CatalogueLock;
import org.aiis.conformance.catalogue.operators.Templates;
import org.aiis.conformance.catalogue.schema.Schemas;
import org.aiis.conformance.qualification.panel.Fault;
import org.aiis.conformance.qualification.panel.Panel;
import org.aiis.conformance.qualification.panel.Variant;
import org.aiis.conformance.qualification.panel.Variants;
import org.aiis.conformance.run.Progress;
import org.aiis.conformance.run.Suite;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.TestCase;

/** The panel through the catalogue, operator by operator, in this process. */
public final class Qualification {
    /** Inputs of the independent search, at most. */
    public static final int SEARCH = 10_000;

    private final Suite suite;
    private final CatalogueLock lock;
    private final Templates templates;
    private final Grade grade;
    private final Predicate<String> operators;
    private final Predicate<String> faults;
    private final int search;

    public Qualification(Suite suite, Grade grade, Predicate<String> operators, Predicate<String> faults, int search) {
        this.suite = suite;
        this.lock = suite.lock();
        this.templates = new Templates(Schemas.read(suite.home().root()));
        this.grade = grade;
        this.operators = operators;
        this.faults = faults;
        this.search = search;
    }

    public Figures run(int jobs, Progress progress) throws InterruptedException {
        List<OperatorRow> rows = suite.standard().operators().values().stream()
                .filter(row -> operators.test(row.operator()))
                .toList();
        progress.stage("qualifying", rows.size());
        ExecutorService pool = Executors.newFixedThreadPool(jobs);
        try {
            SortedMap<String, Future<OperatorFigures>> running = new TreeMap<>();
            for (OperatorRow row : rows) {
                running.put(row.operator(), pool.submit(() -> {
                    OperatorFigures figures = of(row);
                    progress.tick();
                    return figures;
                }));
            }
            return Figures.of(suite, grade, search, all(running));
        } finally {
            pool.shutdownNow();
        }
    }

    /** Every operator is waited for, so that one message names all that failed. */
    private static List<OperatorFigures> all(SortedMap<String, Future<OperatorFigures>> running)
            throws InterruptedException {
        List<OperatorFigures> all = new ArrayList<>();
        SortedMap<String, Throwable> failed = new TreeMap<>();
        for (Map.Entry<String, Future<OperatorFigures>> future : running.entrySet()) {
            try {
                all.add(future.getValue().get());
            } catch (ExecutionException e) {
                failed.put(future.getKey(), e.getCause());
            }
        }
        if (!failed.isEmpty()) {
            IllegalStateException report = new IllegalStateException("qualification failed on " + failed);
            failed.values().forEach(report::addSuppressed);
            throw report;
        }
        return all;
    }

    private OperatorFigures of(OperatorRow row) {
        String prefix = "OP-" + row.operator() + "-";
        List<TestCase> cases = suite.catalogue().cases().stream()
                .filter(c -> c.id().startsWith(prefix))
                .filter(c -> grade.holds(c.grade()))
                .toList();
        int newest = row.opsets().get(row.opsets().size() - 1);
        List<Fault> panel = Panel.of(Evaluator.signature(row.domain(), row.operator(), newest)
                        .orElseThrow())
                .stream()
                .filter(f -> faults.test(f.name()))
                .toList();
        List<Variant> variants = Variants.of(row);
        Search independent = new Search(row, templates, new Silence(suite.standard()), variants);
        SortedMap<String, String> shows = independent.applicable(panel, search);
        Shown shown = new Shown(suite.standard(), suite.oracle(), cases);
        return new OperatorQualification(row, lock.operator(row.operator()), shown, variants)
                .against(panel, shows, independent.broken());
    }
}
