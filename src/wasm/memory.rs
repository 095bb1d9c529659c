//! Rust's allocations in the browser: [`crate::heap`] over WebAssembly's memory.

use crate::heap::{GRAIN, Heap, fits};
use core::arch::wasm32::memory_grow;
use std::alloc::{GlobalAlloc, Layout};
use std::cell::UnsafeCell;

const PAGE: usize = 1 << 16;
/// Memory grows by at least so many pages: each growth takes the page's views of it away.
const STRIDE: usize = 4;

struct Memory(UnsafeCell<Heap>);

// SAFETY: the module has one thread; workers have modules of their own.
unsafe impl Sync for Memory {}

#[global_allocator]
static MEMORY: Memory = Memory(UnsafeCell::new(Heap::new()));

fn grow(bytes: usize) -> (usize, usize) {
    let pages = bytes.div_ceil(PAGE).max(STRIDE);
    match memory_grow::<0>(pages) {
        usize::MAX => (0, 0),
        before => (before * PAGE, pages * PAGE),
    }
}

// SAFETY: blocks are apart, aligned to GRAIN (more is refused) and as long as asked; the heap calls nothing that allocates.
unsafe impl GlobalAlloc for Memory {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.align() > GRAIN {
            return std::ptr::null_mut();
        }
        // SAFETY: one thread, and no call comes back here; new memory is the heap's alone.
        unsafe { (*self.0.get()).take(layout.size(), grow) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as above; the caller gives the layout that it asked with.
        unsafe { (*self.0.get()).give(block, layout.size()) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if fits(layout.size(), size) {
            return block;
        }
        // SAFETY: the new block is apart from the old one, and both hold what is copied.
        unsafe {
            let larger = (*self.0.get()).take(size, grow);
            if !larger.is_null() {
                larger.copy_from_nonoverlapping(block, layout.size().min(size));
                self.dealloc(block, layout);
            }
            larger
        }
    }
}
