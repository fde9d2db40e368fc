package org.aiis.spec.evidence;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.tensor.Bytes;

/**
 * What a bundle holds: path, size and digest of each file; no other file is allowed beside the manifest and statements
 * signed over it. {@code digest} is the SHA-256 of the canonical JSON of this manifest with an empty digest.
 *
 * @param chainHead digest of the last line of evidence.jsonl
 * @param digests of what judged: standard, catalogue, oracle
 */
public record Manifest(
        String suite, String chainHead, SortedMap<String, String> digests, List<FileEntry> files, String digest) {
    public Manifest {
        digests = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(digests));
        files = List.copyOf(files);
    }

    /** A file of the bundle; the path uses '/' and never leaves the bundle. */
    public record FileEntry(String path, long size, String sha256) {}

    /** Ends the manifest in its own digest. */
    public static Manifest sealed(
            String suite, String chainHead, SortedMap<String, String> digests, List<FileEntry> files) {
        Manifest open = new Manifest(suite, chainHead, digests, files, "");
        return new Manifest(suite, chainHead, digests, files, open.computeDigest());
    }

    /** The digest that this manifest ought to end in. */
    public String computeDigest() {
        String open = Codec.canonical(new Manifest(suite, chainHead, digests, files, ""));
        return Bytes.sha256(open.getBytes(StandardCharsets.UTF_8));
    }
}
