package org.firstpass.server;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.firstpass.correction.Protocols;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.ProcedureStepScp;
import org.firstpass.drift.DriftSearch;
import org.firstpass.drift.ReviewRate;
import org.firstpass.selection.Drawing;
import org.firstpass.selection.Strategies;

/**
 * How the review server runs.
 *
 * @param bindAddress 127.0.0.1 unless others shall reach it
 * @param port 0 for any free one
 * @param times how long readers have
 * @param imageCacheBytes how much memory holds images that were opened last
 * @param maxUploadBytes of one submission, and of an object that another program stored
 * @param dicom what it has to do with DICOM
 * @param protocols what readers are asked for beside segments
 * @param learning what is read next, and when it is said that proposals cost more
 */
public record ReviewConfig(
    String bindAddress,
    int port,
    Times times,
    long imageCacheBytes,
    long maxUploadBytes,
    Dicom dicom,
    Protocols protocols,
    Learning learning) {
  private static final long IMAGE_CACHE_BYTES = 512L << 20;
  private static final long MAX_UPLOAD_BYTES = 256L << 20;

  public ReviewConfig {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port is 0 to 65535, but is " + port);
    }
    if (imageCacheBytes < 0 || maxUploadBytes < 1) {
      throw new IllegalArgumentException(
          "imageCacheBytes is not negative and maxUploadBytes is above zero, but are "
              + imageCacheBytes
              + " and "
              + maxUploadBytes);
    }
  }

  /** One that asks for nothing beside segments, and chooses as usual. */
  public ReviewConfig(
      String bindAddress,
      int port,
      Times times,
      long imageCacheBytes,
      long maxUploadBytes,
      Dicom dicom) {
    this(
        bindAddress,
        port,
        times,
        imageCacheBytes,
        maxUploadBytes,
        dicom,
        Protocols.NONE,
        Learning.STANDARD);
  }

  /** The same with these protocols. */
  public ReviewConfig with(Protocols asked) {
    return new ReviewConfig(
        bindAddress, port, times, imageCacheBytes, maxUploadBytes, dicom, asked, learning);
  }

  /** The same, learning like this. */
  public ReviewConfig with(Learning other) {
    return new ReviewConfig(
        bindAddress, port, times, imageCacheBytes, maxUploadBytes, dicom, protocols, other);
  }

  /** How what is learned from readers is looked after. */
  public record Learning(Choosing choosing, Watching watching) {
    public static final Learning STANDARD = new Learning(Choosing.STANDARD, Watching.STANDARD);
  }

  /**
   * When it is said that proposals cost readers more.
   *
   * @param casesPerFalseAlarm see {@link DriftSearch}
   * @param rate how much is read a second time
   */
  public record Watching(double casesPerFalseAlarm, ReviewRate rate) {
    /** One false alarm in 2000 cases. */
    public static final Watching STANDARD = new Watching(2000, ReviewRate.STANDARD);
  }

  /** The same, with other times. */
  public ReviewConfig with(Times other) {
    return new ReviewConfig(
        bindAddress, port, other, imageCacheBytes, maxUploadBytes, dicom, protocols, learning);
  }

  /**
   * How long readers have.
   *
   * @param lease to keep a task without renewing
   * @param grace to undo a submission, at the most; nothing: a submission is final at once
   */
  public record Times(Duration lease, Duration grace) {
    /** Half an hour, and ten seconds. */
    public static final Times STANDARD = new Times(Duration.ofMinutes(30), Duration.ofSeconds(10));

    public Times {
      if (lease.isNegative() || lease.isZero()) {
        throw new IllegalArgumentException("lease is longer than nothing, but is " + lease);
      }
      if (grace.isNegative()) {
        throw new IllegalArgumentException("grace is not negative, but is " + grace);
      }
    }
  }

  /**
   * What is read next where no clinical reason says so.
   *
   * @param strategies what is sought out
   * @param randomShare of the picks is left to chance, see {@link Drawing}
   * @param seed of the lots; if none is given the installation draws one and keeps it
   */
  public record Choosing(Strategies strategies, double randomShare, OptionalLong seed) {
    /** By doubt, with the usual share of lots and a seed of the installation's own. */
    public static final Choosing STANDARD =
        new Choosing(Strategies.UNCERTAINTY, Drawing.STANDARD, OptionalLong.empty());

    Drawing drawing(LongSupplier kept) {
      return new Drawing(randomShare, seed.orElseGet(kept));
    }
  }

  /**
   * Its part in DICOM.
   *
   * @param worklist where the worklist listens for DIMSE, if it does
   * @param receivers where those are reached that may be told of workitems by DIMSE, by AE title
   * @param viewers which reader stands behind a sender, by AE title
   * @param origins whose pages may call the DICOMweb server
   */
  public record Dicom(
      Optional<ProcedureStepScp.Place> worklist,
      Map<String, DicomPeer> receivers,
      Map<String, String> viewers,
      Set<String> origins) {
    /** No worklist by DIMSE, nobody's workstation is known, and no page of another origin. */
    public static final Dicom NONE = new Dicom(Optional.empty(), Map.of(), Map.of(), Set.of());

    public Dicom {
      receivers = Map.copyOf(receivers);
      viewers = Map.copyOf(viewers);
      origins = Set.copyOf(origins);
    }
  }

  /** On this machine only, with a lease of half an hour. */
  public static ReviewConfig onLoopback(int port) {
    return new ReviewConfig(
        "127.0.0.1",
        port,
        Times.STANDARD,
        IMAGE_CACHE_BYTES,
        MAX_UPLOAD_BYTES,
        Dicom.NONE,
        Protocols.NONE,
        Learning.STANDARD);
  }
}
