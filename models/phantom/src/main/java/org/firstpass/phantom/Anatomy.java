package org.firstpass.phantom;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.geometry.Vector3;

/**
 * One made-up body: its structures in painting order, in anatomical space (axes as LPS, mm).
 *
 * <p>It follows from seed and difficulty alone, so the same body can be scanned on any grid.
 */
final class Anatomy {
  private final List<Structure> structures;
  private final Shape body;
  private final Vector3 offset;
  private final ContrastPhase phase;
  private final double rightDome;

  Anatomy(long seed, double difficulty) {
    var draw = new Draw(seed, "anatomy");
    ContrastPhase[] phases = ContrastPhase.values();
    this.phase = phases[draw.oneOf(phases.length)];
    this.offset =
        new Vector3(draw.between(-15, 15), draw.between(-170, -110), draw.between(-900, 300));
    Trunk trunk = Trunk.drawn(seed, difficulty);
    var wall = new Wall(trunk, seed);
    var spine = new Spine(trunk, seed);
    var all = new ArrayList<Structure>(wall.structures());
    var viscera = new Viscera(trunk, spine, seed, phase);
    all.addAll(viscera.structures());
    all.addAll(new Organs(trunk, seed, phase).structures());
    all.addAll(new Chest(trunk, seed, phase).structures());
    all.addAll(viscera.vessels());
    all.addAll(spine.structures());
    all.addAll(wall.ribs());
    this.structures = List.copyOf(all);
    this.body = wall.body();
    this.rightDome = trunk.rightDome();
  }

  List<Structure> structures() {
    return structures;
  }

  Shape body() {
    return body;
  }

  ContrastPhase phase() {
    return phase;
  }

  /** Where the anatomical origin lies in patient space. */
  Vector3 offset() {
    return offset;
  }

  /** The middle of the labelled organs in patient space: what a technologist would aim at. */
  Vector3 target() {
    return offset.plus(new Vector3(0, 0, rightDome - 95));
  }
}
