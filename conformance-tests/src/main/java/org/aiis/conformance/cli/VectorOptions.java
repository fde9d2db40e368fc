package org.aiis.conformance.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.vectors.VectorFolder;
import org.aiis.report.bundle.Layout;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.evidence.Manifest;
import picocli.CommandLine.Option;

/** {@code --vectors}, for the commands that read the bundle of such a run. */
final class VectorOptions {
    @Option(
            names = "--vectors",
            paramLabel = "DIR",
            description = "The folder of vectors that the run was made with, when it was.")
    Optional<Path> vectors = Optional.empty();

    /** The suite that judged a bundle: over the catalogue, or over the vectors that its manifest names. */
    Suite over(Suite suite, Path bundle) {
        Path manifest = bundle.resolve(Layout.MANIFEST);
        if (vectors.isPresent()) {
            return suite.withVectors(VectorFolder.scan(vectors.get()));
        }
        if (Files.isRegularFile(manifest)
                && Codec.text(manifest).contains('"' + Suite.VECTORS + '"')
                && Codec.file(manifest, Manifest.class).digests().containsKey(Suite.VECTORS)) {
            throw InputException.of(bundle + ": the run was made with vectors", "give their folder with --vectors DIR");
        }
        return suite;
    }
}
