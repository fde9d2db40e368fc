package org.aiis.report.verify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.aiis.report.bundle.Folder;
import org.aiis.report.bundle.Layout;
import org.aiis.report.view.Subject;
import org.aiis.report.view.Views;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.port.Rejudge;

/** What is made from evidence, made again and compared byte for byte. */
final class MadeCheck {
    private MadeCheck() {}

    static void check(Folder folder, Subject subject, Rejudge rejudge, Complaints complaints) {
        complaints.attempt(
                Layout.RESULTS,
                () -> same(
                        folder,
                        Layout.RESULTS,
                        Codec.pretty(subject.results()).getBytes(StandardCharsets.UTF_8),
                        complaints));
        Set<String> made = new HashSet<>();
        Views.render(subject, rejudge, (path, content) -> {
            made.add(path);
            complaints.attempt(path, () -> same(folder, path, content, complaints));
        });
        folder.sizes().keySet().stream()
                .filter(path -> path.startsWith(Layout.VIEWS) && !made.contains(path))
                .forEach(path -> complaints.add(path, "no view that is made from this evidence"));
    }

    private static void same(Folder folder, String path, byte[] again, Complaints complaints) {
        complaints.require(Arrays.equals(folder.bytes(path), again), path, "not what is made from the evidence again");
    }
}
