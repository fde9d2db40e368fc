package org.aiis.conformance.qualification;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.aiis.conformance.qualification.panel.Answer;
import org.aiis.conformance.qualification.panel.Change;
import org.aiis.conformance.qualification.panel.Right;
import org.aiis.conformance.run.Suite;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.Verdict;
import org.pitest.classinfo.ClassName;
import org.pitest.mutationtest.EngineArguments;
import org.pitest.mutationtest.engine.Mutater;
import org.pitest.mutationtest.engine.MutationDetails;
import org.pitest.mutationtest.engine.gregor.config.GregorEngineFactory;

/**
 * PIT's mutants of the oracle's classes, each as the system under test: its answers to the catalogue are judged, by
 * tolerance, against the oracle as it is.
 */
final class Mutants {
    /** Of a method that many cases enter so many are run, spread over all of them. */
    private static final int MOST_CASES = Integer.getInteger("aiis.mutation.cases", 1500);

    /** Of the mutants every so-manieth is made. */
    private static final int EVERY = Integer.getInteger("aiis.mutation.every", 1);

    /** The survivors that a file of figures names, to be made again without others; empty where all are made. */
    private static final Set<String> AGAIN = survivors(System.getProperty("aiis.mutation.again", ""));

    /** Error terms, limits on work and texts for people: no answer shows them. */
    private static final Set<String> OUTSIDE =
            Set.of("spend", "toString", "hashCode", "equals", "refusal", "refusalAtRun", "values", "valueOf");

    /**
     * What became of a mutant.
     *
     * @param entered cases that enter its method
     * @param by the case that failed it, or what it died of; empty where it lives
     */
    record Fate(String type, String method, int line, String mutator, String what, int entered, String by) {
        boolean killed() {
            return !by.isEmpty();
        }

        String title() {
            return title(type, line, method, what);
        }

        static String title(String type, int line, String method, String what) {
            return type + ":" + line + " " + method + ": " + what;
        }
    }

    /** Whether only survivors of an earlier measurement are made. */
    static boolean again() {
        return !AGAIN.isEmpty();
    }

    private static Set<String> survivors(String file) {
        return file.isEmpty()
                ? Set.of()
                : Codec.file(Path.of(file), Published.Mutants.class).survivors().stream()
                        .map(s -> s.substring(0, s.lastIndexOf(" (")))
                        .collect(Collectors.toSet());
    }

    private final OracleClasses classes = new OracleClasses();
    private final Mutater mutater;
    private final List<Shown> operators = new ArrayList<>();
    /** Operator and case of each place in {@link #entered}. */
    private final List<int[]> cases = new ArrayList<>();

    private final List<BitSet> entered = new ArrayList<>();
    private final Terms terms;

    Mutants(Suite suite, Predicate<String> which) {
        this.mutater = new GregorEngineFactory()
                .createEngine(EngineArguments.arguments())
                .createMutator(name -> OracleClasses.bytes(name.replace('/', '.')));
        Set<OperatorType> pairs = new java.util.HashSet<>();
        for (OperatorRow row : suite.standard().operators().values()) {
            row.types().forEach(type -> pairs.add(new OperatorType(row.operator(), type)));
            if (which.test(row.operator())) {
                operators.add(new Shown(
                        suite.standard(),
                        suite.oracle(),
                        suite.catalogue().cases().stream()
                                .filter(c -> c.id().startsWith("OP-" + row.operator() + "-"))
                                .toList()));
            }
        }
        this.terms = new Terms(Accuracy.RELAXED, pairs, Set.of(), Set.of(), "", Set.of(), Map.of());
        cover();
    }

    /** Which methods each case enters, in one run of the whole catalogue. */
    private void cover() {
        Change reporting = answering(classes.reporting());
        Meter.reset();
        for (int o = 0; o < operators.size(); o++) {
            for (int c = 0; c < operators.get(o).count(); c++) {
                Verdict verdict = operators.get(o).judged(c, reporting, terms).verdict();
                if (verdict != Verdict.PASS) {
                    throw new IllegalStateException(
                            operators.get(o).id(c) + " is not passed by the oracle itself: " + verdict);
                }
                cases.add(new int[] {o, c});
                entered.add(Meter.reset());
            }
        }
    }

    private static Change answering(Oracle oracle) {
        return right -> answer(oracle, right);
    }

    private static Answer answer(Oracle oracle, Right right) {
        try {
            return Answer.of(
                    oracle.evaluate(right.given().bytes(), right.given().inputs()));
        } catch (Oracle.Refusal refusal) {
            return Answer.refused(refusal);
        }
    }

    /** Every mutant of the classes whose names fit. */
    List<Fate> of(Predicate<String> types, int jobs, Runnable tick) throws InterruptedException {
        List<Callable<List<Fate>>> work = new ArrayList<>();
        int[] met = {0};
        classes.all().keySet().stream().filter(types).forEach(type -> {
            for (MutationDetails mutation : mutater.findMutations(ClassName.fromString(type))) {
                if (!OUTSIDE.contains(mutation.getMethod())
                        && !mutation.getDescription().contains("Call::spend")
                        && (AGAIN.isEmpty() ? met[0]++ % EVERY == 0 : AGAIN.contains(title(mutation)))) {
                    work.add(() -> List.of(fate(mutation)));
                }
            }
        });
        ExecutorService pool = Executors.newFixedThreadPool(jobs);
        try {
            List<Fate> fates = new ArrayList<>();
            List<Future<List<Fate>>> running = new ArrayList<>();
            for (Callable<List<Fate>> one : work) {
                running.add(pool.submit(one));
            }
            for (Future<List<Fate>> one : running) {
                fates.addAll(one.get());
                tick.run();
            }
            fates.sort(
                    Comparator.comparing(Fate::type).thenComparing(Fate::line).thenComparing(Fate::what));
            return fates;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a mutant could not be judged: " + e.getCause(), e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private static String title(MutationDetails mutation) {
        return Fate.title(
                shortened(mutation.getClassName().asJavaName()),
                mutation.getLineNumber(),
                mutation.getMethod(),
                mutation.getDescription());
    }

    private static String shortened(String type) {
        return type.substring(type.indexOf("reference.") + 10);
    }

    private Fate fate(MutationDetails mutation) {
        String type = mutation.getClassName().asJavaName();
        List<Integer> covering = covering(mutation);
        String by = covering.isEmpty()
                ? ""
                : killer(
                        classes.with(type, mutater.getMutation(mutation.getId()).getBytes()), covering);
        return new Fate(
                shortened(type),
                mutation.getMethod(),
                mutation.getLineNumber(),
                mutation.getMutator().substring(mutation.getMutator().lastIndexOf('.') + 1),
                mutation.getDescription(),
                covering.size(),
                by);
    }

    /**
     * The cases that enter the method. What the oracle asks for once and keeps (signatures, lists of operators) the first case
     * alone enters, though all rest on it: there it is the cases that enter anything else in its class, or in its package where
     * the class has nothing else.
     */
    private List<Integer> covering(MutationDetails mutation) {
        String type = mutation.getClassName().asJavaName();
        BitSet method = new BitSet();
        method.set(classes.method(
                type, mutation.getMethod() + mutation.getId().getLocation().getMethodDesc()));
        if (!mutation.getMethod().contains("signature") && !mutation.getMethod().equals("operators")) {
            return entering(method);
        }
        List<Integer> own = entering(classes.methods(type));
        return own.size() > entering(method).size() ? own : entering(classes.neighbours(type));
    }

    private List<Integer> entering(BitSet methods) {
        List<Integer> entering = new ArrayList<>();
        for (int i = 0; i < entered.size(); i++) {
            if (entered.get(i).intersects(methods)) {
                entering.add(i);
            }
        }
        return entering;
    }

    /** The case that fails the mutant, or what the mutant died of; empty where it lives. */
    private String killer(Oracle mutant, List<Integer> covering) {
        Change change = answering(mutant);
        int step = Math.max(1, covering.size() / MOST_CASES);
        // Spread first: neighbours are alike.
        for (int start = 0; start < 16 * step; start += step) {
            for (int i = start; i < covering.size(); i += 16 * step) {
                int[] at = cases.get(covering.get(i));
                String fate = fate(operators.get(at[0]), at[1], change);
                if (!fate.isEmpty()) {
                    return fate;
                }
            }
        }
        return "";
    }

    private String fate(Shown shown, int at, Change change) {
        Meter.reset();
        try {
            Verdict verdict = shown.judged(at, change, terms).verdict();
            return verdict == Verdict.FAIL ? shown.id(at) : "";
        } catch (Meter.Endless e) {
            return "endless at " + shown.id(at);
        } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
            return e.getClass().getSimpleName() + " at " + shown.id(at);
        }
    }

    /** Killed and all, class by class. */
    static SortedMap<String, int[]> score(List<Fate> fates) {
        SortedMap<String, int[]> score = new TreeMap<>();
        for (Fate fate : fates) {
            int[] of = score.computeIfAbsent(fate.type(), t -> new int[2]);
            of[0] += fate.killed() ? 1 : 0;
            of[1]++;
        }
        return score;
    }

    /** Classes of operators that no row of the table names yet: none of their cases can be there. */
    static Set<String> undriven(List<Fate> fates) {
        Set<String> all = fates.stream().map(Fate::type).collect(Collectors.toCollection(TreeSet::new));
        fates.stream()
                .filter(f -> f.entered() > 0 && !f.method().contains("signature"))
                .forEach(f -> all.remove(f.type()));
        all.removeIf(type -> fates.stream()
                .noneMatch(f -> f.type().equals(type) && f.method().equals("evaluate")));
        return all;
    }

    /** The figures as a file holds them. */
    static Published.Mutants figures(List<Fate> all, String catalogue) {
        Set<String> undriven = undriven(all);
        List<Fate> fates =
                all.stream().filter(f -> !undriven.contains(f.type())).toList();
        SortedMap<String, String> byClass = new TreeMap<>();
        score(fates).forEach((type, of) -> byClass.put(type, of[0] + " of " + of[1]));
        SortedMap<String, Integer> causes = new TreeMap<>();
        List<String> survivors = new ArrayList<>();
        for (Fate fate : fates) {
            if (!fate.killed()) {
                causes.merge(cause(fate), 1, Integer::sum);
                survivors.add(fate.title() + " (" + cause(fate) + ")");
            }
        }
        int killed = (int) fates.stream().filter(Fate::killed).count();
        return new Published.Mutants(
                catalogue, EVERY, MOST_CASES, fates.size(), killed, byClass, List.copyOf(undriven), causes, survivors);
    }

    /** Why a mutant may live, by where it is and what it does. */
    private static String cause(Fate fate) {
        if (fate.entered() == 0) {
            return "no case enters the method";
        }
        return switch (fate.mutator()) {
            case "ConditionalsBoundaryMutator" -> "a bound met by no case, or equal on both sides";
            case "VoidMethodCallMutator" -> "a check that no invalid case needs, or a step without effect";
            case "MathMutator", "IncrementsMutator", "InvertNegsMutator" ->
                "arithmetic that the cases' numbers do not tell apart";
            case "RemoveConditionalMutator_EQUAL_ELSE",
                    "RemoveConditionalMutator_ORDER_ELSE",
                    "NegateConditionalsMutator" -> "a branch that gives the same result, as a shortcut does";
            default -> "a returned value that no case tells apart";
        };
    }
}
