/**
 * Adds rows of a matrix to `sums`: for each place from `from` to `to` the row of its feature, times its
 * value, in this order. Rows are `stride` long and as many of their elements are added as there are sums.
 */
export function addRows(
  sums: Float64Array,
  matrix: Float32Array,
  stride: number,
  features: Int32Array,
  values: Float32Array,
  from: number,
  to: number,
): void {
  const width = sums.length;
  let at = from;
  // Four rows a turn: each sum is then read and written once for four products.
  for (; at + 3 < to; at += 4) {
    const first = features[at]! * stride;
    const second = features[at + 1]! * stride;
    const third = features[at + 2]! * stride;
    const fourth = features[at + 3]! * stride;
    const firstValue = values[at]!;
    const secondValue = values[at + 1]!;
    const thirdValue = values[at + 2]!;
    const fourthValue = values[at + 3]!;
    for (let column = 0; column < width; column++)
      sums[column] =
        sums[column]! +
        firstValue * matrix[first + column]! +
        secondValue * matrix[second + column]! +
        thirdValue * matrix[third + column]! +
        fourthValue * matrix[fourth + column]!;
  }
  for (; at < to; at++) {
    const row = features[at]! * stride;
    const value = values[at]!;
    for (let column = 0; column < width; column++) sums[column]! += value * matrix[row + column]!;
  }
}

/** The same for some columns alone: those listed in `columns` from `begin` to before `end`. */
export function addRowsAt(
  sums: Float64Array,
  matrix: Float32Array,
  stride: number,
  features: Int32Array,
  values: Float32Array,
  from: number,
  to: number,
  columns: Uint16Array,
  begin: number,
  end: number,
): void {
  let at = from;
  for (; at + 3 < to; at += 4) {
    const first = features[at]! * stride;
    const second = features[at + 1]! * stride;
    const third = features[at + 2]! * stride;
    const fourth = features[at + 3]! * stride;
    const firstValue = values[at]!;
    const secondValue = values[at + 1]!;
    const thirdValue = values[at + 2]!;
    const fourthValue = values[at + 3]!;
    for (let place = begin; place < end; place++) {
      const column = columns[place]!;
      sums[column] =
        sums[column]! +
        firstValue * matrix[first + column]! +
        secondValue * matrix[second + column]! +
        thirdValue * matrix[third + column]! +
        fourthValue * matrix[fourth + column]!;
    }
  }
  for (; at < to; at++) {
    const row = features[at]! * stride;
    const value = values[at]!;
    for (let place = begin; place < end; place++) {
      const column = columns[place]!;
      sums[column]! += value * matrix[row + column]!;
    }
  }
}
