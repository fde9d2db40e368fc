package org.aiis.conformance.junit;

import org.aiis.conformance.run.CaseRunner;
import org.aiis.conformance.run.StandaloneRun;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.engine.support.store.Namespace;

/**
 * Hands the run that the command line prepared to the tests. Started from an IDE or from Maven there is none, and a quick
 * run of core on the CPU provider is prepared, into a temporary folder.
 */
public final class CaseRunnerResolver implements ParameterResolver {
    /** Where the command line leaves its run, in the launcher session's store. */
    public static final Namespace NAMESPACE = Namespace.create("org.aiis.conformance");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == CaseRunner.class;
    }

    @Override
    public CaseRunner resolveParameter(ParameterContext parameter, ExtensionContext context) {
        CaseRunner prepared = context.getStore(
                        StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create("org.aiis.conformance"))
                .get(CaseRunner.class, CaseRunner.class);
        if (prepared != null) {
            return prepared;
        }
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create("org.aiis.conformance"))
                .getOrComputeIfAbsent(StandaloneRun.class, key -> StandaloneRun.quickCore(), StandaloneRun.class)
                .runner();
    }
}
