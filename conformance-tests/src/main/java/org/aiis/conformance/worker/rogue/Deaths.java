package org.aiis.conformance.worker.rogue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.aiis.onnx.ModelProto;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** Rogues that stop answering: hanging, dying, taking the machine's memory, leaving children behind. */
final class Deaths {
    /** Bytes of the stack of a thread that recurses until it is full: memory that no heap limit holds. */
    private static final long STACK = 256L << 20;

    private Deaths() {}

    static List<Rogues.Named> all() {
        return List.of(
                new Rogues.Named(
                        "hangs-in-load",
                        "never ends the creation of a session",
                        () -> Rogue.atLoad((s, right) -> hang())),
                new Rogues.Named("hangs-in-run", "never ends a run", () -> Rogue.atRun((s, right) -> hang())),
                new Rogues.Named(
                        "signal-in-load",
                        "dies of SIGSEGV in the creation of a session",
                        () -> Rogue.atLoad((s, right) -> signal("SEGV"))),
                new Rogues.Named(
                        "signal-in-run", "dies of SIGFPE in a run", () -> Rogue.atRun((s, right) -> signal("FPE"))),
                new Rogues.Named(
                        "killed-in-run", "dies of SIGKILL in a run", () -> Rogue.atRun((s, right) -> signal("KILL"))),
                new Rogues.Named(
                        "stops", "stops its own process in a run", () -> Rogue.atRun((s, right) -> signal("STOP"))),
                new Rogues.Named("exits", "leaves with status 3 in a run", () -> Rogue.atRun((s, right) -> exit())),
                new Rogues.Named(
                        "eats-memory",
                        "takes memory without end; with --memory-limit it is killed there",
                        () -> Rogue.atRun((s, right) -> eat())),
                new Rogues.Named(
                        "poisons",
                        "runs right, and its process dies at a later case: at Or of an empty tensor",
                        Poisoner::new),
                new Rogues.Named(
                        "dies-once", "dies in a run of the first of its processes alone", Deaths::onlyInTheFirst),
                new Rogues.Named(
                        "orphans",
                        "dies in a run and leaves a child behind that holds the pipe of its answers",
                        () -> Rogue.atRun((s, right) -> leave())));
    }

    /** Answers right and dies of it later. */
    private static final class Poisoner implements Rogue {
        private boolean poisoned;

        @Override
        public Observation run(Scene scene, Step.Run run, Observation right) {
            poisoned = true;
            return right;
        }

        @Override
        public void loading(ModelProto model) {
            if (poisoned && RogueBackend.isOfNothing(model, "Or")) {
                exit();
            }
        }
    }

    private static Rogue onlyInTheFirst() {
        return new Rogue() {
            private int started;

            @Override
            public void describing(int starts) {
                started = starts;
            }

            @Override
            public Observation run(Scene scene, Step.Run run, Observation right) {
                return started == 1 ? exit() : right;
            }
        };
    }

    private static Observation hang() {
        for (; ; ) {
            LockSupport.park();
        }
    }

    /** Its own process, which may take a moment to die. */
    private static Observation signal(String name) {
        shell("kill -" + name + " " + ProcessHandle.current().pid());
        return hang();
    }

    private static Observation exit() {
        Runtime.getRuntime().halt(3);
        return Observation.Outputs.none();
    }

    private static Observation eat() {
        for (; ; ) {
            Thread thread = new Thread(null, () -> fill(0), "eater", STACK);
            thread.setDaemon(true);
            thread.start();
            LockSupport.parkNanos(100_000_000L);
        }
    }

    /** Touches the stack down to its end, and holds it. */
    private static long fill(long depth) {
        try {
            return depth == Long.MAX_VALUE ? depth : fill(depth + 1) + depth;
        } catch (StackOverflowError e) {
            hang();
            return depth;
        }
    }

    private static Observation leave() {
        shell("trap '' HUP INT TERM; sleep 600 & exit 0");
        Runtime.getRuntime().halt(4);
        return Observation.Outputs.none();
    }

    /** Descriptor 3, the pipe of the answers, is handed down: Java would close it. */
    private static void shell(String command) {
        String descriptor = System.getenv().getOrDefault("AIIS_ANSWERS_FD", "1");
        try {
            new ProcessBuilder("/bin/sh", "-c", "exec 3>/proc/$PPID/fd/" + descriptor + "; " + command)
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
