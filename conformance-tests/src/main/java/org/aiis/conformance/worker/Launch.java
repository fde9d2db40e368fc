package org.aiis.conformance.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aiis.conformance.backend.Notes;
import org.aiis.spec.codec.InputException;

/** Starts worker processes as spec/worker-protocol.md says. */
final class Launch {
    /** Number of the descriptor that a worker answers on. */
    static final String ANSWERS = "AIIS_ANSWERS_FD";

    static final String FRAME_LIMIT = "AIIS_FRAME_LIMIT";

    /** Names the worker to all that it starts, so that they can be found when it has gone. */
    static final String FAMILY = "AIIS_WORKER";

    /**
     * Where Java finds the class path. It may be long, and a command line of about 4 KiB or more kills ONNX Runtime 1.29 when its
     * library is loaded, by SIGSEGV: found with 58 jars on the class path.
     */
    private static final String CLASS_PATH = "CLASSPATH";

    /** Where glibc finds its settings; other C libraries do not look. */
    private static final String GLIBC = "GLIBC_TUNABLES";

    /**
     * How many freed blocks of each small size glibc keeps for the thread that freed them. Loading a model takes and frees
     * thousands, and of more than the seven that glibc keeps by itself the rest is merged and split again. At most some 35 MB.
     */
    private static final String BLOCKS = "glibc.malloc.tcache_count";

    private static final int KEPT_BLOCKS = 1000;

    /**
     * Only the first compiler, which is fast, and a method at half the calls that it waits for by itself, hardly later where many
     * are waiting: a worker interprets much of what it does in its first seconds. The launcher script asks the same of the suite.
     */
    private static final List<String> COMPILED_EARLY = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:Tier3InvocationThreshold=100",
            "-XX:Tier3MinInvocationThreshold=50",
            "-XX:Tier3CompileThreshold=1000",
            "-XX:Tier3LoadFeedback=50");

    /** What a case leaves behind is soon garbage: new objects go where those before them went, and stay in the processor's cache. */
    private static final String YOUNG = "-Xmn16m";

    private static final Path SHELL = Path.of("/bin/sh");

    /** Whether the launcher script made this a batch process; a worker, which measures times, is scheduled as any other program. */
    private static final boolean BATCH = Integer.getInteger("aiis.batch", 0) > 0;

    private static final List<String> USUAL = List.of("chrt", "-o", "0");

    /** Where Linux gives large pages to who asks for them; elsewhere Java complains that it cannot have them. */
    private static final boolean LARGE_PAGES = givesLargePages(Path.of("/sys/kernel/mm/transparent_hugepage/enabled"));

    /**
     * Ctrl-C reaches the whole process group: a worker that died of it would be taken for a crash of the system under test,
     * and kept as evidence. It ends when its input ends. No core files; the pipe becomes descriptor 3; whatever prints to
     * standard output prints to standard error.
     */
    private static final String MOVE_FRAMES =
            "trap '' HUP INT TERM; ulimit -c 0; " + ANSWERS + "=3; export " + ANSWERS + "; exec \"$@\" 3>&1 1>&2";

    private Launch() {}

    /**
     * @param notes a folder in memory for the suite's own worker
     * @param archive options of the suite's own worker, from {@link ClassArchive#options}
     */
    static Process start(
            WorkerSettings settings, Path scratch, Optional<Path> notes, String family, List<String> archive) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SHELL)) {
            command.addAll(List.of(SHELL.toString(), "-c", MOVE_FRAMES, "aiis-worker"));
        }
        if (BATCH) {
            command.addAll(USUAL);
        }
        command.addAll(settings.command().isEmpty() ? own(settings, scratch, notes, archive) : settings.command());
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
            builder.environment().remove(ANSWERS);
            builder.environment().put(FAMILY, family);
            builder.environment()
                    .put(FRAME_LIMIT, Integer.toString(settings.limits().frame()));
            if (settings.command().isEmpty()) {
                builder.environment().put(CLASS_PATH, classPath());
                builder.environment().merge(GLIBC, BLOCKS + "=" + KEPT_BLOCKS, Launch::tuned);
            }
            return builder.start();
        } catch (IOException e) {
            throw InputException.because("the worker " + command + " does not start", e);
        }
    }

    /** The suite's own worker: this Java and this class path; small, since many run at once. */
    private static List<String> own(WorkerSettings settings, Path scratch, Optional<Path> notes, List<String> archive) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + settings.heapMiB() + "m",
                YOUNG,
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + scratch.resolve("hs_err_%p.log"),
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + scratch,
                "-D" + Notes.FOLDER + "=" + notes.orElse(scratch)));
        command.addAll(COMPILED_EARLY);
        if (LARGE_PAGES) {
            command.add("-XX:+UseTransparentHugePages");
        }
        command.addAll(archive);
        command.addAll(List.of(WorkerMain.class.getName(), settings.backend()));
        settings.options().forEach((name, value) -> {
            if (!Exchanging.OPTIONS.contains(name)) { // Where a server is says nothing to the backend.
                command.add(name + "=" + value);
            }
        });
        return command;
    }

    /** What whoever runs the suite has set stands. */
    static String tuned(String set, String ours) {
        return set.isBlank() ? ours : set.contains(BLOCKS) ? set : set + ":" + ours;
    }

    static boolean givesLargePages(Path setting) {
        try {
            return Files.readString(setting).contains("[madvise]");
        } catch (IOException e) {
            return false;
        }
    }

    /** Of this program; absolute, since the worker has another working directory. */
    static String classPath() {
        String classPath = System.getProperty("java.class.path", "");
        String separator = System.getProperty("path.separator", ":");
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(java.util.regex.Pattern.quote(separator), -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(separator, entries);
    }
}
