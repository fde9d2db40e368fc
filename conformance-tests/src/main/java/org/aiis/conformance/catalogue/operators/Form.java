package org.aiis.conformance.catalogue.operators;

import org.aiis.conformance.catalogue.OneNode;

/** How a node with its inputs is made in a setting. */
@FunctionalInterface
interface Form {
    OneNode in(Setting setting);
}
