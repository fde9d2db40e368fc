package org.aiis.conformance.backend.faulty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** Faults that hostile models show: death, a hang, and files where none belong. */
final class HostileFaults {
    /** What the oracle says of bytes that are no model. */
    private static final String NO_MODEL = "not a serialised model";

    private HostileFaults() {}

    static List<Fault.Named> all() {
        return List.of(
                new Fault.Named(
                        "dies-of-blank-input",
                        "ROB-HOSTILE",
                        "its process ends where a node names no first input",
                        () -> loading(HostileFaults::blank, HostileFaults::die)),
                new Fault.Named(
                        "hangs-on-cycle",
                        "ROB-HOSTILE",
                        "never answers when a node reads what it makes",
                        () -> loading(HostileFaults::cyclic, HostileFaults::hang)),
                new Fault.Named(
                        "writes-outside",
                        "ROB-HOSTILE",
                        "leaves a file beside its folder for a model that it cannot read",
                        WritesOutside::new));
    }

    private static Fault loading(Predicate<NodeProto> trigger, Runnable harm) {
        return new Fault() {
            @Override
            public Observation answer(Step step, Function<Step, Observation> next) {
                if (step instanceof Step.Load load && holds(load, trigger)) {
                    harm.run();
                }
                return next.apply(step);
            }
        };
    }

    private static boolean holds(Step.Load load, Predicate<NodeProto> trigger) {
        try {
            ModelProto model = Models.parse(load.bytes());
            return model.getGraph().getNodeList().stream().anyMatch(trigger);
        } catch (Oracle.Refusal noModel) {
            return false;
        }
    }

    private static boolean blank(NodeProto node) {
        return node.getInputCount() > 0 && node.getInput(0).isEmpty();
    }

    private static boolean cyclic(NodeProto node) {
        return node.getInputList().stream()
                .anyMatch(i -> !i.isEmpty() && node.getOutputList().contains(i));
    }

    private static void die() {
        Runtime.getRuntime().halt(139);
    }

    private static void hang() {
        while (true) {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static final class WritesOutside implements Fault {
        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            Observation right = next.apply(step);
            if (right instanceof Observation.Rejected rejected
                    && rejected.message().startsWith(NO_MODEL)) {
                try {
                    Files.writeString(Path.of("..", "rejected.log"), rejected.message());
                } catch (IOException e) {
                    throw new UncheckedIOException("the fault could not be put in", e);
                }
            }
            return right;
        }
    }
}
