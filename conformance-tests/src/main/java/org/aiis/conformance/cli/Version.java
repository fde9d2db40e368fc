package org.aiis.conformance.cli;

import org.aiis.conformance.run.Suite;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.StandardReader;
import picocli.CommandLine.IVersionProvider;

/** What {@code aiis --version} says. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "aiis " + Suite.version(), "standard: edition " + StandardReader.EDITION + ", " + Standard.STATUS
        };
    }
}
