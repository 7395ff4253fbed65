/** Places one point, and looks up its colour. `kind`: 0 plain, 1 categories, 2 numbers. */
export const vertexShader = `#version 300 es
precision highp float;
layout(location = 0) in vec3 position;
layout(location = 1) in float value;
layout(location = 2) in float state;
uniform mat3 rotation;
uniform vec3 pivot;
uniform vec2 centre;
uniform vec2 toClip;
uniform float depthScale;
uniform float pointSize;
uniform float grown;
uniform float opacity;
uniform int kind;
uniform vec2 range;
uniform float logarithmic;
uniform vec3 missing;
uniform vec3 background;
uniform sampler2D palette;
out vec4 colour;
flat out float size;

void main() {
  vec3 seen = rotation * (position - pivot);
  gl_Position = vec4((seen.xy - centre) * toClip, -seen.z * depthScale, 1.0);
  size = pointSize;
  colour = vec4(missing, 1.0);
  int count = textureSize(palette, 0).x;
  if (kind == 0) {
    colour = texelFetch(palette, ivec2(0, 0), 0);
  } else if (value > -1e38 && kind == 1) {
    colour = texelFetch(palette, ivec2(int(value + 0.5) % count, 0), 0);
  } else if (value > -1e38) {
    float shown = logarithmic > 0.5 ? log(1.0 + max(value, 0.0)) : value;
    float place = clamp((shown - range.x) * range.y, 0.0, 1.0);
    colour = texelFetch(palette, ivec2(int(place * float(count - 1) + 0.5), 0), 0);
  }
  // What lies far behind fades a little, which is what tells near from far on a still picture.
  colour.rgb = mix(colour.rgb, background, clamp(-0.45 * seen.z * depthScale, 0.0, 0.45));
  if (state > 2.5) size *= 1.25;
  else if (state > 1.5) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  else if (state > 0.5) {
    colour.a = 0.15;
    // Dimmed points must not stand in front of the selected ones.
    if (depthScale > 0.0) gl_Position.z = 0.94 + 0.05 * gl_Position.z;
  }
  colour.a *= opacity;
  size = max(size, 1.0);
  // A turned square needs room for its corners.
  gl_PointSize = size * grown;
}`;

/** A disc with a soft edge, or a square for bins, which may be turned. */
export const fragmentShader = `#version 300 es
precision mediump float;
uniform float square;
uniform highp float grown;
uniform vec2 spin;
in vec4 colour;
flat in float size;
out vec4 pixel;

void main() {
  float alpha = 1.0;
  if (square < 0.5 && size > 2.0) {
    float outside = length(gl_PointCoord - 0.5) * size - 0.5 * size + 0.5;
    alpha = 1.0 - clamp(outside, 0.0, 1.0);
    if (alpha < 0.05) discard;
  } else if (square > 0.5 && grown > 1.0) {
    vec2 place = (gl_PointCoord - 0.5) * grown;
    vec2 own = abs(vec2(place.x * spin.x + place.y * spin.y, place.y * spin.x - place.x * spin.y));
    if (max(own.x, own.y) > 0.5) discard;
  }
  pixel = vec4(colour.rgb, colour.a * alpha);
}`;
