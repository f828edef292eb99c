/**
 * Reads the project's Markdown: {@link io.psrpc.docs.Page} is one file, with its code blocks, headings and links. The tests compile the
 * Java blocks and follow the links; {@link io.psrpc.docs.ProtoBlock} writes the proto blocks out for the generator. What a block must
 * look like stands in CONTRIBUTING.md.
 */
@NullMarked
package io.psrpc.docs;

import org.jspecify.annotations.NullMarked;
