package org.aiis.conformance.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why a process died. A Java worker turns a signal into {@code hs_err} and an abort, so the file, where there is one,
 * names the true signal; without one the exit status does.
 *
 * @param cause {@code SIGSEGV}, or {@code exit 134 (128 + SIGABRT)}
 */
record CrashReport(String cause, String detail) {
    private static final int LINES_READ = 60;

    /** POSIX.1's numbers, where Linux and macOS agree. */
    private static final Map<Integer, String> SIGNALS =
            Map.of(4, "SIGILL", 6, "SIGABRT", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 13, "SIGPIPE", 15, "SIGTERM");

    private static final Pattern SIGNAL = Pattern.compile("^#\\s+(SIG[A-Z0-9]+|Internal Error|EXCEPTION_[A-Z_]+)\\b.*");

    static CrashReport of(int exit, Path scratch, String stderr) {
        List<String> lines = hsErr(scratch);
        String cause = lines.stream()
                .map(SIGNAL::matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1))
                .findFirst()
                .orElse(exitStatus(exit));
        List<String> detail = new ArrayList<>(telling(lines));
        // The JVM repeats its report on standard error, with the path of this machine's scratch folder.
        stderr.lines()
                .filter(l -> !l.isBlank() && (lines.isEmpty() || !l.startsWith("#")))
                .map(l -> l.replace(scratch.toString(), "SCRATCH"))
                .forEach(detail::add);
        return new CrashReport(cause, String.join("\n", detail));
    }

    private static String exitStatus(int exit) {
        String signal = SIGNALS.get(exit - 128);
        return "exit " + exit + (signal == null ? "" : " (128 + " + signal + ")");
    }

    /** The line of the signal and the problematic frame. */
    private static List<String> telling(List<String> lines) {
        List<String> telling = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (SIGNAL.matcher(lines.get(i)).matches()) {
                telling.add(lines.get(i));
            } else if (lines.get(i).startsWith("# Problematic frame") && i + 1 < lines.size()) {
                telling.add(lines.get(i));
                telling.add(lines.get(i + 1));
            }
        }
        return telling;
    }

    private static List<String> hsErr(Path scratch) {
        try (Stream<Path> files = Files.list(scratch)) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("hs_err"))
                    .sorted()
                    .toList()) {
                // Latin-1 reads any bytes; the head of the file is ASCII.
                try (Stream<String> head = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                    head.limit(LINES_READ)
                            .map(l -> l.substring(0, Math.min(l.length(), 400)))
                            .forEach(lines::add);
                }
            }
            return lines;
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of("# hs_err cannot be read: " + e);
        }
    }
}
