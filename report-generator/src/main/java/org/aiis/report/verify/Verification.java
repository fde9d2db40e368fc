package org.aiis.report.verify;

import java.util.List;
import org.aiis.report.bundle.Folder;
import org.aiis.report.certificate.Role;

/**
 * What a verifier found out.
 *
 * @param troubles file and reason, when refused
 * @param signers whom the trust list knows
 * @param remarks what a reader should know beside the status
 * @param release suite version that made the bundle; empty where a refused one is not known to be of another
 */
public record Verification(
        Status status, List<Folder.Trouble> troubles, List<Signed> signers, List<String> remarks, String release) {
    public Verification {
        troubles = List.copyOf(troubles);
        signers = List.copyOf(signers);
        remarks = List.copyOf(remarks);
    }

    /** A statement signed by a key of the trust list. */
    public record Signed(String file, String name, Role role) {}

    /** The answer, and the exit code of the command line. */
    public enum Status {
        INTACT_UNKNOWN_ORIGIN(0),
        TRUSTED(0),
        REFUSED(1),
        OTHER_RELEASE(3);

        private final int exitCode;

        Status(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    /** One line for people. */
    public String line() {
        return switch (status) {
            case INTACT_UNKNOWN_ORIGIN -> "intact, origin unknown";
            case TRUSTED ->
                "intact and trusted: "
                        + String.join(
                                "; ",
                                signers.stream()
                                        .map(s -> s.file() + " signed by " + s.name() + " ("
                                                + s.role().word() + ")")
                                        .toList());
            case REFUSED ->
                "refused: " + troubles.get(0)
                        + (troubles.size() > 1 ? " (and " + (troubles.size() - 1) + " more)" : "");
            case OTHER_RELEASE -> "made with another release: verify it with suite " + release;
        };
    }
}
