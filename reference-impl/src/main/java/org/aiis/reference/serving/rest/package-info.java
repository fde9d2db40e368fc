/** The Open Inference Protocol over HTTP/1.1, on Jetty's core. */
@NullMarked
package org.aiis.reference.serving.rest;

import org.jspecify.annotations.NullMarked;
