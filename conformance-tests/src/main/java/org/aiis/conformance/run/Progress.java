package org.aiis.conformance.run;

import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.TestCase;

/** Told how a run goes on; called from several threads. */
public interface Progress {
    /** A stage begins, with the number of units it has, or 0 when that is not known. */
    void stage(String name, int units);

    void done(TestCase testCase, Finding finding);

    /** A unit of the stage is done. */
    void tick();

    /** Says nothing. */
    Progress SILENT = new Progress() {
        @Override
        public void stage(String name, int units) {}

        @Override
        public void done(TestCase testCase, Finding finding) {}

        @Override
        public void tick() {}
    };
}
