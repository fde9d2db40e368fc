package org.aiis.report.verify;

import java.util.HashSet;
import java.util.Set;
import org.aiis.report.bundle.Folder;
import org.aiis.report.bundle.Layout;
import org.aiis.report.bundle.Sealing;
import org.aiis.spec.evidence.Manifest;

/** The manifest's own digest, and size and digest of each file it names; no file beside them. */
final class ManifestCheck {
    private ManifestCheck() {}

    static void check(Folder folder, Manifest manifest, Complaints complaints) {
        complaints.require(
                manifest.digest().equals(manifest.computeDigest()),
                Layout.MANIFEST,
                "its own digest does not fit what it says");
        complaints.require(
                folder.text(Layout.MANIFEST).equals(Sealing.text(manifest)),
                Layout.MANIFEST,
                "not canonical JSON: one manifest has one spelling in bytes");
        Set<String> named = new HashSet<>();
        for (Manifest.FileEntry entry : manifest.files()) {
            complaints.require(named.add(entry.path()), entry.path(), "named twice in the manifest");
            complaints.attempt(entry.path(), () -> file(folder, entry, complaints));
        }
        for (String path : folder.sizes().keySet()) {
            complaints.require(named.contains(path) || Layout.outsideManifest(path), path, "not named in the manifest");
        }
    }

    private static void file(Folder folder, Manifest.FileEntry entry, Complaints complaints) {
        Long size = folder.sizes().get(entry.path());
        if (size == null) {
            complaints.add(entry.path(), "named in the manifest and missing");
        } else if (size != entry.size()) {
            complaints.add(entry.path(), "size " + size + ", the manifest says " + entry.size());
        } else {
            complaints.require(
                    folder.sha256(entry.path()).equals(entry.sha256()),
                    entry.path(),
                    "changed: its SHA-256 is not the one in the manifest");
        }
    }
}
