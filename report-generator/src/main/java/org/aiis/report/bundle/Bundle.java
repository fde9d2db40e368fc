package org.aiis.report.bundle;

import java.nio.file.Path;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.evidence.Manifest;
import org.aiis.spec.evidence.Results;

/** A bundle as its files say it; nothing is believed yet, see {@code Verifier}. */
public record Bundle(Folder folder, Manifest manifest, Inputs inputs, Evidence evidence, Results results) {

    /** Opens a sealed bundle and reads all of it, a line of evidence at a time. */
    public static Bundle open(Path path) {
        Folder folder = Folder.scan(path);
        if (!folder.troubles().isEmpty()) {
            throw InputException.of(folder.troubles().get(0).toString(), "remove it, or ask for the bundle again");
        }
        return new Bundle(
                folder,
                manifest(folder),
                Inputs.read(folder),
                Evidence.read(folder, (line, done) -> {}),
                Codec.json(folder.text(Layout.RESULTS), Results.class, Layout.RESULTS, 1));
    }

    public static Manifest manifest(Folder folder) {
        return Codec.json(folder.text(Layout.MANIFEST), Manifest.class, Layout.MANIFEST, 1);
    }
}
