package org.aiis.report.bundle;

import java.util.List;

/** Names of the files of a bundle. */
public final class Layout {
    public static final String MANIFEST = "manifest.json";
    public static final String EVIDENCE = "evidence.jsonl";
    public static final String RESULTS = "results.json";
    public static final String PROFILE = "profile.yaml";
    public static final String ICS = "ics.yaml";
    public static final String WAIVERS = "waivers.yaml";
    public static final String QUALIFICATION = "qualification.json";
    public static final String VIEWS = "views/";
    public static final String DECLARATION = "statements/declaration.dsse.json";
    public static final String CERTIFICATE = "statements/certificate.dsse.json";

    private static final String REPRODUCTIONS = VIEWS + "reproductions/";

    /** Name of the digest of {@link #QUALIFICATION}, where a bundle has it. */
    public static final String FIGURES = "qualification";

    /** What a run writes before anything is added up. */
    static final List<String> FROM_RUN = List.of(EVIDENCE, PROFILE, ICS, WAIVERS, QUALIFICATION);

    private Layout() {}

    /** Folder of the reproduction of a case, with a slash at its end. */
    public static String reproduction(String caseId) {
        return REPRODUCTIONS + caseId.replace("/", "__") + "/";
    }

    /** Whether a file of this path is signed over the manifest instead of being listed in it. */
    public static boolean outsideManifest(String path) {
        return path.equals(MANIFEST) || path.equals(DECLARATION) || path.equals(CERTIFICATE);
    }

    /** Whether a bundle may hold a file of this path. */
    static boolean allowed(String path) {
        return outsideManifest(path) || FROM_RUN.contains(path) || path.equals(RESULTS) || path.startsWith(VIEWS);
    }
}
