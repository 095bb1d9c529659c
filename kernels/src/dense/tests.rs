//! Every variant of a product against plain loops, with vectors of every width.

use super::super::arch::{self, Quad};
use super::super::epilogue::Epilogue;
use super::super::panels::Panels;
use super::super::vector::{Kernel, Vector};
use super::*;
use std::cell::RefCell;

struct Collect(RefCell<Vec<u32>>);
impl Epilogue for Collect {
    type Columns<V: Vector> = ();
    unsafe fn load_columns<V: Vector>(&self, _: usize) {}
    unsafe fn apply<V: Vector>(&self, (): (), index: usize, sum: V) {
        let mut lanes = vec![0.0f32; V::LANES];
        // SAFETY: `lanes` has room for every lane.
        unsafe { sum.store(lanes.as_mut_ptr()) };
        for (to, from) in self.0.borrow_mut()[index..].iter_mut().zip(lanes) {
            *to = from.to_bits();
        }
    }
}

fn collect<V: Vector>(len: usize, work: impl FnOnce(&Collect)) -> Vec<u32> {
    let out = Collect(vec![u32::MAX; len].into());
    work(&out);
    out.0.into_inner()
}

/// The result of every variant, with vectors of one type.
fn variants<V: Vector>(product: Product, column_sums: &[f32]) -> [Vec<u32>; 4] {
    let Product { rows, depth, width, .. } = product;
    let room = |len: usize| vec![f32::NAN; len];
    let mut scratch = room(ByColumns::<Collect>::scratch_len(rows, depth));
    let by_columns = collect::<V>(rows * width, |epilogue| {
        let scratch = &mut scratch;
        ByColumns { product, scratch, epilogue }.run::<V>();
    });
    let transposed_left: Vec<f32> =
        (0..depth * rows).map(|i| product.left.values[i % rows * product.left.row + i / rows]).collect();
    scratch = room(ByPanels::<Collect>::scratch_len(rows, depth));
    let by_panels = collect::<V>(rows * width, |epilogue| {
        let (product, scratch) = (
            Product { left: Left { values: &transposed_left, row: 1, step: rows }, ..product },
            &mut scratch,
        );
        ByPanels { product, scratch, epilogue }.run::<V>();
    });
    let panels = Panels::for_vectors::<V>(rows, width);
    let by_panels = (0..rows * width).map(|i| by_panels[panels.at(i / width, i % width)]).collect();
    scratch = room(Transposed::<Collect>::scratch_len(rows, depth, width));
    let transposed = collect::<V>(width * rows.next_multiple_of(4), |epilogue| {
        let (n, scratch) = (rows.next_multiple_of(4), &mut scratch);
        Transposed { product, len: width, n, scratch, epilogue }.run::<V>();
    });
    let sums = collect::<V>(width, |epilogue| {
        ColumnSums { rows: depth, width, values: column_sums, epilogue }.run::<V>();
    });
    [by_columns, by_panels, transposed, sums]
}

/// `arch::run` takes the processor's widest vectors; this tries each type that the processor has.
#[test]
fn vectors_of_every_width_give_the_same_bits_in_every_variant() {
    for (rows, depth, width) in [
        (1usize, 1usize, 4usize),
        (3, 5, 12),
        (5, 17, 20),
        (8, 0, 16),
        (9, 33, 60),
        (4, 64, 132),
        (17, 64, 132),
        (7, 300, 44),
        (22, 520, 36),
    ] {
        let draw = |i: usize| ((i * 7919 + 13) % 1009) as f32 / 331.0 - 1.5;
        let stride = depth.next_multiple_of(4);
        let left: Vec<f32> = (0..rows * stride).map(draw).collect();
        let right: Vec<f32> = (0..depth * width).map(|i| draw(i + 500)).collect();
        let sum = |terms: &mut dyn Iterator<Item = f32>| terms.fold(0.0f32, |sum, t| sum + t).to_bits();
        let at =
            |i: usize, j: usize| sum(&mut (0..depth).map(|l| left[i * stride + l] * right[l * width + j]));
        let n = rows.next_multiple_of(4);
        let out: Vec<u32> = (0..rows * width).map(|o| at(o / width, o % width)).collect();
        let transposed = (0..width * n).map(|o| if o % n < rows { at(o % n, o / n) } else { 0 }).collect();
        let sums = (0..width).map(|j| sum(&mut (0..depth).map(|l| right[l * width + j]))).collect();
        let want = [out.clone(), out, transposed, sums];
        let (left, right_side) =
            (Left { values: &left, row: stride, step: 1 }, Right::Rows { values: &right, stride: width });
        let product = Product { rows, depth, left, right: right_side, width };
        assert_eq!(variants::<arch::Portable>(product, &right), want, "portable");
        assert_eq!(variants::<Quad>(product, &right), want, "four lanes");
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                assert_eq!(variants::<arch::Avx2>(product, &right), want, "AVX2");
            }
            if is_x86_feature_detected!("avx512f") {
                assert_eq!(variants::<arch::Avx512>(product, &right), want, "AVX-512");
            }
        }
    }
}
