package org.aiis.conformance.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.aiis.report.bundle.Evidence;
import org.aiis.report.bundle.Folder;
import org.aiis.spec.testing.TestCase;

/** The deaths and hangs that a bundle's evidence holds. */
public final class Crashes {
    private Crashes() {}

    /** @param catalogue finds a case by its id */
    public static List<CrashGroup> of(Path bundle, Function<String, TestCase> catalogue) {
        List<CrashGroup.Crash> crashes = new ArrayList<>();
        Evidence.read(Folder.scan(bundle), (line, done) -> Signature.of(done.observation())
                .ifPresent(signature -> crashes.add(new CrashGroup.Crash(catalogue.apply(done.id()), signature))));
        return CrashGroup.of(crashes);
    }
}
