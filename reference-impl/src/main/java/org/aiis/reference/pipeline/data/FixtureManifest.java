package org.aiis.reference.pipeline.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;
import org.aiis.spec.tensor.Bytes;

/** What the fixtures are, where they come from, and the digests of their files. */
public record FixtureManifest(List<Fixture> fixtures) {
    public FixtureManifest {
        fixtures = List.copyOf(fixtures);
    }

    /**
     * A fixture.
     *
     * @param command how to make its files again
     */
    public record Fixture(
            String name,
            String title,
            String source,
            String version,
            String licence,
            String licenceFile,
            String command,
            List<Item> files) {
        public Fixture {
            files = List.copyOf(files);
        }
    }

    /**
     * A file of a fixture.
     *
     * @param path below the folder of the manifest
     * @param sha256 of the file
     * @param contentSha256 of what is in a gzip file: stays when another zlib packs it
     */
    public record Item(String path, long size, String sha256, Optional<String> contentSha256) {}

    /** Reads {@code fixtures/manifest.json} below the home of the suite. */
    public static FixtureManifest read(Path home) {
        return Codec.file(folder(home).resolve("manifest.json"), FixtureManifest.class);
    }

    /** The bytes of a file that the manifest names, refused when size or digest is another. */
    public Bytes file(Path home, String path) {
        List<Item> items = fixtures.stream().flatMap(f -> f.files().stream()).toList();
        Item item = items.stream()
                .filter(i -> i.path().equals(path))
                .findFirst()
                .orElseThrow(() -> InputException.of(
                        "the manifest of the fixtures has no file '" + path + "'",
                        Nearest.hint(path, items.stream().map(Item::path).toList())));
        Path file = folder(home).resolve(path);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) != item.size()) {
                String found = Files.isRegularFile(file) ? Files.size(file) + " bytes" : "no file";
                throw InputException.at(file.toString(), 0, item.size() + " bytes as the manifest says", found);
            }
            Bytes bytes = Bytes.own(Files.readAllBytes(file));
            if (!bytes.sha256().equals(item.sha256())) {
                throw InputException.at(file.toString(), 0, "SHA-256 " + item.sha256(), bytes.sha256());
            }
            return bytes;
        } catch (IOException e) {
            throw InputException.because(file + ": cannot be read", e);
        }
    }

    private static Path folder(Path home) {
        return home.resolve("fixtures");
    }
}
