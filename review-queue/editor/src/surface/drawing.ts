// Draws meshes with WebGL 2: one light at the viewer, no perspective.

import type { Orbit, Sphere } from "../core/orbit.ts";
import type { Mesh } from "../core/surface-net.ts";

const VERTEX = `#version 300 es
uniform mat4 sight;
uniform vec3 near;
in vec3 place;
in vec3 normal;
out float light;
void main() {
  gl_Position = sight * vec4(place, 1.0);
  light = abs(dot(normal, near));
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
uniform vec3 colour;
in float light;
out vec4 pixel;
void main() {
  pixel = vec4(colour * (0.28 + 0.72 * light), 1.0);
}`;

/** The ground of the panels. */
const GROUND = [0.07, 0.078, 0.086] as const;

export interface Painted {
  readonly mesh: Mesh;
  /** Red, green, blue, each 0 to 1. */
  readonly colour: readonly [number, number, number];
}

interface Uploaded {
  readonly vertices: WebGLVertexArrayObject;
  readonly buffers: readonly WebGLBuffer[];
  readonly count: number;
}

export class Drawing {
  private readonly gl: WebGL2RenderingContext;
  private readonly program: WebGLProgram;
  private readonly uploaded = new Map<Mesh, Uploaded>();

  /** @throws Error if the browser has no WebGL 2 */
  constructor(canvas: HTMLCanvasElement) {
    const gl = canvas.getContext("webgl2", { antialias: true, powerPreference: "low-power" });
    if (!gl) throw new Error("WebGL 2");
    this.gl = gl;
    this.program = programOf(gl);
    gl.enable(gl.DEPTH_TEST);
  }

  draw(all: readonly Painted[], orbit: Orbit, sphere: Sphere | null): void {
    const { gl, program } = this;
    this.forget(all);
    const { width, height } = gl.canvas;
    gl.viewport(0, 0, width, height);
    gl.clearColor(...GROUND, 1);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    if (!sphere) return;
    gl.useProgram(program);
    gl.uniformMatrix4fv(gl.getUniformLocation(program, "sight"), false, orbit.matrix(sphere, width, height));
    gl.uniform3fv(gl.getUniformLocation(program, "near"), orbit.sight().near);
    for (const { mesh, colour } of all) {
      const { vertices, count } = this.upload(mesh);
      gl.uniform3fv(gl.getUniformLocation(program, "colour"), colour);
      gl.bindVertexArray(vertices);
      gl.drawElements(gl.TRIANGLES, count, gl.UNSIGNED_INT, 0);
    }
    gl.bindVertexArray(null);
  }

  private upload(mesh: Mesh): Uploaded {
    const known = this.uploaded.get(mesh);
    if (known) return known;
    const { gl, program } = this;
    const vertices = gl.createVertexArray();
    gl.bindVertexArray(vertices);
    const attributes = ([["place", mesh.positions], ["normal", mesh.normals]] as const).map(([name, values]) => {
      const buffer = gl.createBuffer();
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
      const at = gl.getAttribLocation(program, name);
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, 3, gl.FLOAT, false, 0, 0);
      return buffer;
    });
    const triangles = gl.createBuffer();
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, triangles);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, mesh.triangles, gl.STATIC_DRAW);
    const uploaded = { vertices, buffers: [...attributes, triangles], count: mesh.triangles.length };
    this.uploaded.set(mesh, uploaded);
    return uploaded;
  }

  /** Frees what is not drawn any more. */
  private forget(all: readonly Painted[]): void {
    const kept = new Set(all.map(({ mesh }) => mesh));
    for (const [mesh, { vertices, buffers }] of this.uploaded) {
      if (kept.has(mesh)) continue;
      this.gl.deleteVertexArray(vertices);
      buffers.forEach((buffer) => this.gl.deleteBuffer(buffer));
      this.uploaded.delete(mesh);
    }
  }

  dispose(): void {
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

function programOf(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
    const shader = gl.createShader(kind);
    if (!shader) throw new Error("WebGL 2");
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program) ?? "WebGL 2");
  return program;
}
