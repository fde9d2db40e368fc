package org.aiis.conformance.worker;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.backend.BackendFactory;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Observation.Phase;
import org.aiis.spec.testing.Step;

/** The word {@code mischief}: a backend that does what the bytes of the model say, when it is run if they say no other step. */
public final class MischiefFactory implements BackendFactory {
    @Override
    public String word() {
        return "mischief";
    }

    @Override
    public String summary() {
        return "misbehaves on demand";
    }

    @Override
    public Backend open(String argument, SortedMap<String, String> options) {
        return new Mischief();
    }

    private static final class Mischief implements Backend {
        private String order = "";
        private int held;

        @Override
        public Sut describe() {
            return new Sut("Mischief", "tests", "1", "mischief", "none", new TreeMap<>(), new TreeMap<>());
        }

        @Override
        public Observation perform(Step step) {
            if (step instanceof Step.Load load) {
                order = StandardCharsets.UTF_8.decode(load.bytes().view()).toString();
                return load();
            }
            if (step instanceof Step.Close) {
                held--;
                return close(step);
            }
            return step instanceof Step.Run ? run() : Observation.Outputs.none();
        }

        private Observation load() {
            if (order.equals("halt at load")) {
                Runtime.getRuntime().halt(3);
            } else if (order.equals("refuse") || order.equals("refuse and halt")) {
                return new Observation.Rejected(Phase.LOAD, "NO", "refused");
            } else if (order.startsWith("slow")) {
                sleep();
            }
            held++;
            return Observation.Outputs.none();
        }

        private Observation close(Step step) {
            if (order.equals("halt at close")) {
                Runtime.getRuntime().halt(4);
            }
            return order.equals("refuse to close")
                    ? new Observation.Rejected(step.phase(), "NO", "stays open")
                    : Observation.Outputs.none();
        }

        private Observation run() {
            switch (order) {
                case "halt", "refuse and halt" -> Runtime.getRuntime().halt(134);
                case "count" -> {
                    return Observation.Outputs.of(Map.of("y", Tensor.ofFloats(Shape.of(1), held)));
                }
                case "segv" -> kill("SEGV");
                case "kill" -> kill("KILL");
                case "hang", "slow, then hang" -> hang();
                case "slow" -> sleep();
                case "throw" -> throw new IllegalStateException("adapter at fault");
                case "flood" -> flood();
                case "print" -> shell("echo printed by native code; echo AIIS");
                default -> {}
            }
            return Observation.Outputs.of(Map.of("y", Tensor.ofFloats(Shape.of(1), 42.0f)));
        }

        private static void kill(String signal) {
            shell("kill -" + signal + " " + ProcessHandle.current().pid());
            hang();
        }

        private static void flood() {
            PrintStream err = System.err;
            for (int i = 0; i < 100_000; i++) {
                err.println("flood flood flood flood flood flood " + i);
                System.out.println("the same on standard output " + i);
            }
            Runtime.getRuntime().halt(3);
        }

        /** Inherits descriptor 1, as a native library would write to it. */
        private static void shell(String command) {
            try {
                new ProcessBuilder("/bin/sh", "-c", command).inheritIO().start().waitFor();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** For more than half of the second that a hasty pool gives to each step. */
        private static void sleep() {
            try {
                Thread.sleep(700);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void hang() {
            for (; ; ) {
                java.util.concurrent.locks.LockSupport.park();
            }
        }

        @Override
        public void close() {}
    }
}
