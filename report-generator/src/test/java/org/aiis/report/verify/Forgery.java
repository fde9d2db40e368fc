package org.aiis.report.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.aiis.report.Reports;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.Folder;
import org.aiis.report.bundle.Sealing;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.evidence.Manifest;
import org.aiis.spec.tensor.Bytes;

/** A bundle as somebody leaves it who knows the format. */
final class Forgery {
    private Forgery() {}

    /** Edits the lines of evidence, then chains and seals anew. */
    static void of(Path bundle, Consumer<List<ObjectNode>> edit) {
        try {
            List<ObjectNode> lines = new ArrayList<>();
            for (String line : Files.readAllLines(bundle.resolve("evidence.jsonl"))) {
                lines.add((ObjectNode) Codec.tree(line, "line"));
            }
            edit.accept(lines);
            String previous = "0".repeat(64);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < lines.size(); i++) {
                String line = Codec.canonical(lines.get(i).put("prev", previous).put("seq", i));
                previous = Bytes.sha256(line.getBytes(StandardCharsets.UTF_8));
                text.append(line).append('\n');
            }
            Files.writeString(bundle.resolve("evidence.jsonl"), text);
            Manifest old = Bundle.manifest(Folder.scan(bundle));
            Sealing.seal(bundle, old.suite(), previous, old.digests());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing has been done to it yet. */
    static void assertSound(Reports reports, Path bundle) {
        Verification sound = reports.verify(bundle, cases -> {});
        assertThat(sound.status()).as(sound.line()).isEqualTo(Verification.Status.INTACT_UNKNOWN_ORIGIN);
    }

    /** It is found out, by what its evidence says. */
    static void assertRefused(Reports reports, Path bundle, String reason) {
        Verification verification = reports.verify(bundle, cases -> {});
        assertThat(verification.status()).isEqualTo(Verification.Status.REFUSED);
        assertThat(verification.troubles()).anySatisfy(trouble -> {
            assertThat(trouble.file()).startsWith("evidence.jsonl");
            assertThat(trouble.reason()).contains(reason);
        });
    }
}
