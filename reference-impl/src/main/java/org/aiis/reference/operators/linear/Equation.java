package org.aiis.reference.operators.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aiis.reference.operators.Call;
import org.aiis.spec.tensor.Shape;

/**
 * The equation of an Einsum: terms of letters with at most one ellipsis each.
 *
 * @param left terms of the operands
 * @param right the term of the output, or nothing where it is implied
 */
record Equation(List<String> left, Optional<String> right) {
    private static final String ELLIPSIS = "...";
    /** Longer ones are refused: no sensible equation has more letters than there are. */
    private static final int LONGEST = 1000;

    Equation {
        left = List.copyOf(left);
    }

    static Equation of(Call call) {
        String text = call.attributes().word("equation").replace(" ", "");
        String[] sides = text.split("->", -1);
        if (text.length() > LONGEST || sides.length > 2) {
            throw call.refusal("the equation is no equation");
        }
        Equation equation = new Equation(
                List.of(sides[0].split(",", -1)), sides.length == 2 ? Optional.of(sides[1]) : Optional.empty());
        List<String> all = new ArrayList<>(equation.left);
        equation.right.ifPresent(all::add);
        for (String term : all) {
            if (!term.matches("[A-Za-z]*(\\.\\.\\.)?[A-Za-z]*")) {
                throw call.refusal("'" + term + "' is no term of an equation");
            }
        }
        if (equation.left.size() != call.inputs()) {
            throw call.refusal("the equation has " + equation.left.size() + " terms for " + call.inputs() + " inputs");
        }
        return equation;
    }

    /**
     * The indices of each operand's axes, one number for each letter and each axis of the ellipsis.
     *
     * @param extents of each index, filled in here
     */
    List<List<Integer>> terms(Call call, Map<Integer, Integer> extents) {
        List<List<Integer>> all = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            Shape shape = call.input(i).shape();
            String term = left.get(i);
            int axes = shape.rank() - term.replace(ELLIPSIS, "").length();
            boolean some = term.contains(ELLIPSIS);
            if (axes < 0 || !some && axes > 0) {
                throw call.refusal("term '" + term + "' for an input of shape " + shape);
            }
            List<Integer> indices = indices(term, axes);
            for (int axis = 0; axis < indices.size(); axis++) {
                int index = indices.get(axis);
                int extent = shape.dim(axis);
                int before = extents.getOrDefault(index, extent);
                boolean broadcast = index < 0 && (before == 1 || extent == 1);
                if (before != extent && !broadcast) {
                    throw call.refusal("an index has the extents " + before + " and " + extent);
                }
                extents.put(index, before == 1 ? extent : before);
            }
            all.add(indices);
        }
        List<Long> ellipses = all.stream()
                .map(indices -> indices.stream().filter(index -> index < 0).count())
                .collect(Collectors.toList());
        for (int i = 0; i < left.size(); i++) {
            for (int k = 0; k < i; k++) {
                if (left.get(i).contains(ELLIPSIS)
                        && left.get(k).contains(ELLIPSIS)
                        && !ellipses.get(i).equals(ellipses.get(k))) {
                    throw call.refusal("ellipses stand for " + ellipses + " axes");
                }
            }
        }
        return all;
    }

    /** The indices of the output's axes. */
    List<Integer> result(Call call, Map<Integer, Integer> extents) {
        int axes = (int) extents.keySet().stream().filter(index -> index < 0).count();
        String term =
                right.orElseGet(() -> (left.stream().anyMatch(t -> t.contains(ELLIPSIS)) ? ELLIPSIS : "") + once());
        List<Integer> indices = indices(term, term.contains(ELLIPSIS) ? axes : 0);
        if (indices.stream().distinct().count() < indices.size()
                || !extents.keySet().containsAll(indices)) {
            throw call.refusal("the output '" + term + "' repeats an index, or has one that no input has");
        }
        return indices;
    }

    /** The letters that occur once, in the order of their codes. */
    private String once() {
        String letters = String.join("", left).replace(".", "");
        return letters.chars()
                .filter(c -> letters.indexOf(c) == letters.lastIndexOf(c))
                .sorted()
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /** Letters by their code; axes of the ellipsis by negative numbers, the last one −1, so that they align at the right. */
    private static List<Integer> indices(String term, int axes) {
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < term.length(); i++) {
            if (term.charAt(i) != '.') {
                indices.add((int) term.charAt(i));
            } else if (term.startsWith(ELLIPSIS, i)) {
                for (int axis = axes; axis > 0; axis--) {
                    indices.add(-axis);
                }
            }
        }
        return indices;
    }
}
