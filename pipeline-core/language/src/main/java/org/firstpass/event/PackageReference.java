package org.firstpass.event;

import org.firstpass.study.Sha256;

/** One version of a model package, by name and by the digest of everything in it. */
public record PackageReference(String name, String version, Sha256 digest) {}
