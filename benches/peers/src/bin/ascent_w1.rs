//! W1 in Ascent. usage: ascent_w1 batch|scan|percase NDJSON OUT [THREADS]   (times of each part on stderr)
#![allow(warnings)]
mod rules { include!("../../rules/ascent_rules.rs"); }   // translate.py rules
use rules::*;
use rustc_hash::FxHashMap;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde::Deserialize;
use std::fmt;
use std::io::Write;
use std::time::Instant;
#[global_allocator]
static GLOBAL: mimalloc::MiMalloc = mimalloc::MiMalloc;

enum Val<'a> { S(&'a str), N(i64) }
impl<'de: 'a, 'a> Deserialize<'de> for Val<'a> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = Val<'de>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result { f.write_str("string or integer") }
            fn visit_borrowed_str<E>(self, s: &'de str) -> Result<Val<'de>, E> { Ok(Val::S(s)) }
            fn visit_i64<E>(self, n: i64) -> Result<Val<'de>, E> { Ok(Val::N(n)) }
            fn visit_u64<E>(self, n: u64) -> Result<Val<'de>, E> { Ok(Val::N(n as i64)) }
        }
        d.deserialize_any(V)
    }
}
#[derive(Deserialize)]
struct Case<'a> { id: &'a str, #[serde(borrow)] facts: Vec<Vec<Val<'a>>> }

#[derive(Default)]
struct Syms<'a> { map: FxHashMap<&'a str, u32>, names: Vec<&'a str> }
impl<'a> Syms<'a> {
    fn new() -> Self { let mut s = Syms::default(); for c in CONSTS { s.id(c); } s }
    fn id(&mut self, s: &'a str) -> u32 {
        if let Some(x) = self.map.get(s) { return *x; }
        let x = self.names.len() as u32; self.names.push(s); self.map.insert(s, x); x
    }
}
fn add<'a>(b: &mut Book, syms: &mut Syms<'a>, c: &Case<'a>) {
    let cid = syms.id(c.id);
    b.case.push((cid,));
    for f in &c.facts {
        let mut a = [0u32; 6]; let mut n = [0i32; 2]; let (mut i, mut j) = (0, 0);
        let Val::S(name) = f[0] else { panic!() };
        for v in &f[1..] { match v { Val::S(s) => { a[i] = syms.id(s); i += 1 } Val::N(k) => { n[j] = *k as i32; j += 1 } } }
        assert!(insert(b, cid, name, &a, &n), "{name}");
    }
}
/// The reader that fiducia has, for this shape: borrowed terms, no escapes. For rows with the same reader on both sides.
fn scan<'a>(b: &mut Book, syms: &mut Syms<'a>, l: &'a [u8]) {
    let text = |i: &mut usize| -> &'a str {
        let from = *i + 1;
        *i = from;
        while l[*i] != b'"' { assert!(l[*i] != b'\\'); *i += 1; }
        *i += 1;
        std::str::from_utf8(&l[from..*i - 1]).unwrap()
    };
    let mut i = 0;
    while l[i] != b':' { i += 1; }
    i += 1;
    let cid = syms.id(text(&mut i));
    b.case.push((cid,));
    while l[i] != b'[' { i += 1; }
    i += 1;
    while l[i] == b'[' || l[i] == b',' {
        if l[i] == b',' { i += 1; }
        i += 1;
        let name = text(&mut i);
        let mut a = [0u32; 6]; let mut n = [0i32; 2]; let (mut x, mut y) = (0, 0);
        while l[i] == b',' {
            i += 1;
            if l[i] == b'"' { a[x] = syms.id(text(&mut i)); x += 1; } else {
                let minus = l[i] == b'-'; if minus { i += 1; }
                let mut k = 0i32;
                while l[i].is_ascii_digit() { k = k * 10 + (l[i] - b'0') as i32; i += 1; }
                n[y] = if minus { -k } else { k }; y += 1;
            }
        }
        i += 1;
        assert!(insert(b, cid, name, &a, &n), "{name}");
    }
}
fn part(mode: &str, data: &[u8]) -> Vec<u8> {
    let mut syms = Syms::new();
    let mut out = Vec::new();
    let lines = data.split(|b| *b == b'\n').filter(|l| !l.is_empty());
    if mode == "batch" || mode == "scan" {
        let t0 = Instant::now();
        let mut b = Book::default();
        if mode == "scan" { for l in lines { scan(&mut b, &mut syms, l); } }
        else { for l in lines { let c: Case = sonic_rs::from_slice(l).unwrap(); add(&mut b, &mut syms, &c); } }
        let t1 = Instant::now();
        b.run();
        let t2 = Instant::now();
        for (c, d, s) in &b.verdict { writeln!(out, "{}\t{}\t{}", syms.names[*c as usize], syms.names[*d as usize], syms.names[*s as usize]).unwrap(); }
        let total: usize = b.relation_sizes_summary().lines().filter_map(|l| l.rsplit(' ').next().and_then(|x| x.parse::<usize>().ok())).sum();
        eprintln!("load {:?} run {:?} write {:?} tuples {}", t1 - t0, t2 - t1, t2.elapsed(), total);
    } else {
        let (mut tl, mut tr) = (0f64, 0f64);
        for l in lines {
            let t0 = Instant::now();
            let c: Case = sonic_rs::from_slice(l).unwrap();
            let mut b = Book::default();
            add(&mut b, &mut syms, &c);
            let t1 = Instant::now();
            b.run();
            tl += (t1 - t0).as_secs_f64(); tr += t1.elapsed().as_secs_f64();
            for (c, d, s) in &b.verdict { writeln!(out, "{}\t{}\t{}", syms.names[*c as usize], syms.names[*d as usize], syms.names[*s as usize]).unwrap(); }
        }
        eprintln!("load {tl:.4} run {tr:.4}");
    }
    out
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let t: usize = a.get(4).map(|x| x.parse().unwrap()).unwrap_or(1);
    let f = std::fs::File::open(&a[2]).unwrap();
    let m = unsafe { memmap2::Mmap::map(&f).unwrap() };
    let d: &[u8] = &m;
    let mut cuts = vec![0];
    for k in 1..t { let mut p = d.len() / t * k; while d[p] != b'\n' { p += 1; } cuts.push(p + 1); }
    cuts.push(d.len());
    let mode = a[1].as_str();
    let mut o = std::fs::File::create(&a[3]).unwrap();
    std::thread::scope(|s| {
        let hs: Vec<_> = cuts.windows(2).map(|w| { let p = &d[w[0]..w[1]]; s.spawn(move || part(mode, p)) }).collect();
        for h in hs { o.write_all(&h.join().unwrap()).unwrap(); }
    });
}
