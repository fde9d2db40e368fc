package org.aiis.report.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aiis.report.bundle.Folder;
import org.aiis.spec.codec.InputException;

/** Troubles found so far; the first hundred are enough to refuse a bundle. */
final class Complaints {
    private static final int MOST = 100;

    /** An error of input that names its file, and mostly its line, first. */
    private static final Pattern PLACED =
            Pattern.compile("((?:statements/)?[a-z.]+\\.(?:jsonl|json|yaml)(?::\\d+)?): (.+)", Pattern.DOTALL);

    private final List<Folder.Trouble> troubles = new ArrayList<>();

    void add(String file, String reason) {
        if (troubles.size() < MOST) {
            troubles.add(new Folder.Trouble(file, reason));
        }
    }

    void require(boolean holds, String file, String reason) {
        if (!holds) {
            add(file, reason);
        }
    }

    /** Runs a check; what it throws over hostile input is a trouble with the file, not an exception. */
    void attempt(String file, Runnable check) {
        try {
            check.run();
        } catch (InputException e) {
            String told = String.valueOf(e.getMessage());
            Matcher placed = PLACED.matcher(told);
            if (placed.matches()) {
                add(placed.group(1), placed.group(2));
            } else {
                add(file, told);
            }
        } catch (RuntimeException e) {
            add(file, "cannot be checked: " + e);
        }
    }

    boolean none() {
        return troubles.isEmpty();
    }

    List<Folder.Trouble> all() {
        return troubles;
    }
}
