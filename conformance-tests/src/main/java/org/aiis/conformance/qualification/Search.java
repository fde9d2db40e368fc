package org.aiis.conformance.qualification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.catalogue.operators.Templates;
import org.aiis.conformance.qualification.panel.Answer;
import org.aiis.conformance.qualification.panel.Change;
import org.aiis.conformance.qualification.panel.Fault;
import org.aiis.conformance.qualification.panel.Invocation;
import org.aiis.conformance.qualification.panel.Right;
import org.aiis.conformance.qualification.panel.Variant;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.standard.Tolerance;

/** Finds out, without the catalogue, which faults show on an operator: by an input that they answer worse than any right variant. */
final class Search {
    /**
     * The search of an operator ends early after so many judged inputs in a row that showed nothing: what shows on one input
     * of twenty is overlooked with a probability of 0.95^60, below 5 %.
     */
    static final int PATIENCE = 60;

    private final OperatorRow row;

    private final Drawing drawing;
    private final Silence silence;
    private final List<Variant> variants;
    private final SortedMap<String, String> broken = new TreeMap<>();

    Search(OperatorRow row, Templates templates, Silence silence, List<Variant> variants) {
        this.row = row;
        this.silence = silence;
        this.variants = variants;
        this.drawing = new Drawing(row, templates, silence.unknown(row.operator()));
    }

    /** The faults that show, each with how. */
    SortedMap<String, String> applicable(List<Fault> faults, int inputs) {
        SortedMap<String, String> shown = new TreeMap<>();
        List<Fault> open = new ArrayList<>(faults);
        Map<String, Change> changes = new TreeMap<>();
        faults.forEach(fault -> changes.put(fault.name(), fault.make().get()));
        int idle = 0;
        for (int i = 0; i < inputs && !open.isEmpty() && idle < PATIENCE; i++) {
            Optional<Invocation> drawn = drawing.at(i).filter(d -> !silence.open(row.operator(), d));
            if (drawn.isEmpty()) {
                continue;
            }
            Optional<Right> judged = right(drawn.get());
            if (judged.isEmpty()) {
                continue;
            }
            Right right = judged.get();
            double[] bar = {-1};
            boolean any = open.removeIf(fault -> {
                Optional<String> how = shows(java.util.Objects.requireNonNull(changes.get(fault.name())), right, bar);
                how.ifPresent(h -> shown.put(fault.name(), h));
                return how.isPresent();
            });
            idle = any ? 0 : idle + 1;
        }
        return shown;
    }

    /** Empty where the oracle neither answers nor refuses: its own fault, kept for the report. */
    private Optional<Right> right(Invocation drawn) {
        try {
            return Optional.of(Right.to(drawn));
        } catch (ArithmeticException | ClassCastException | IllegalStateException | IllegalArgumentException e) {
            broken.putIfAbsent(String.valueOf(e), drawn.node().toString());
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            broken.putIfAbsent(String.valueOf(e), drawn.node().toString());
        }
        return Optional.empty();
    }

    /** Exceptions of the oracle that are no refusal, with a node that draws them. */
    SortedMap<String, String> broken() {
        return broken;
    }

    /** @param bar the largest difference of a right variant, or −1 where none was asked yet */
    private Optional<String> shows(Change change, Right right, double[] bar) {
        Answer answer = change.answer(right);
        if (row.full() instanceof Tolerance.Distribution) {
            return Sampled.difference(answer, right) > 0
                    ? Optional.of(Difference.told(answer, right))
                    : Optional.empty();
        }
        double difference = Difference.of(answer, right);
        if (difference == 0) {
            return Optional.empty();
        }
        if (bar[0] < 0) {
            bar[0] = bar(right);
        }
        return difference > bar[0] ? Optional.of(Difference.told(answer, right)) : Optional.empty();
    }

    private double bar(Right right) {
        double bar = 0.5;
        for (Variant variant : variants) {
            bar = Math.max(bar, Difference.of(variant.change().answer(right), right));
            if (Double.isInfinite(bar)) {
                break;
            }
        }
        return bar;
    }
}
