//! Small files of each format, with a place in each corner that has room for one.

/// 48° 51' 29", as three fractions.
pub(super) const LATITUDE: [u32; 6] = [48, 1, 51, 1, 2987, 100];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Order {
    Big,
    Little,
}

pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
    order: Order,
}

impl Writer {
    pub(super) fn u16(&mut self, number: u16) {
        self.bytes.extend(match self.order {
            Order::Big => number.to_be_bytes(),
            Order::Little => number.to_le_bytes(),
        });
    }

    pub(super) fn u32(&mut self, number: u32) {
        self.bytes.extend(match self.order {
            Order::Big => number.to_be_bytes(),
            Order::Little => number.to_le_bytes(),
        });
    }

    fn entry(&mut self, tag: u16, kind: u16, count: u32, value: u32) {
        self.u16(tag);
        self.u16(kind);
        self.u32(count);
        match (kind, count, self.order) {
            (3, 1, Order::Big) => self.u32(value << 16),
            _ => self.u32(value),
        }
    }
}

pub(super) fn latitude(order: Order) -> Vec<u8> {
    let mut writer = Writer {
        bytes: Vec::new(),
        order,
    };
    LATITUDE.iter().for_each(|it| writer.u32(*it));
    writer.bytes
}

/// A directory with the camera's turn, its notes, a place, and a second directory with a thumbnail.
pub(super) fn tiff(order: Order, thumbnail: &[u8]) -> Vec<u8> {
    let mut it = Writer {
        bytes: Vec::new(),
        order,
    };
    it.bytes.extend(match order {
        Order::Big => *b"MM\0\x2A",
        Order::Little => *b"II\x2A\0",
    });
    it.u32(8);
    // 8: the first directory, of 5 entries: 66 bytes.
    it.u16(5);
    it.entry(0x010F, 2, 8, 74);
    it.entry(0x0112, 3, 1, 6);
    it.entry(0x8769, 4, 1, 82);
    it.entry(0x8825, 4, 1, 124);
    it.entry(0x9C9B, 1, 2, 0);
    it.u32(200);
    // 74: the maker.
    it.bytes.extend(b"Cameras\0");
    // 82: the camera's directory, of 2 entries: 30 bytes, and 12 of the maker's notes.
    it.u16(2);
    it.entry(0x9004, 2, 4, 0x3230_3236);
    it.entry(0x927C, 7, 12, 112);
    it.u32(0);
    it.bytes.extend(b"Paris 48.858");
    // 124: the place, of 4 entries: 54 bytes, and 24 for the fractions, less 2.
    it.u16(3);
    it.entry(0, 1, 4, 0x0202_0000);
    it.entry(
        1,
        2,
        2,
        if order == Order::Big {
            0x4E00_0000
        } else {
            0x4E
        },
    );
    it.entry(2, 5, 3, 166);
    it.u32(0);
    assert_eq!(it.bytes.len(), 166);
    it.bytes.extend(latitude(order));
    it.bytes.resize(200, 0);
    // 200: of the thumbnail.
    it.u16(2);
    it.entry(0x0201, 4, 1, 230);
    it.entry(0x0202, 4, 1, u32::try_from(thumbnail.len()).unwrap());
    it.u32(0);
    assert_eq!(it.bytes.len(), 230);
    it.bytes.extend(thumbnail);
    it.bytes
}

pub(super) fn segment(kind: u8, body: &[&[u8]]) -> Vec<u8> {
    let body = body.concat();
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, kind], length.as_slice(), &body].concat()
}

/// Pixels with a zero behind a mark and a restart, as real ones have.
pub(super) const PIXELS: &[u8] = &[0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56];

pub(super) fn jpeg(segments: &[Vec<u8>]) -> Vec<u8> {
    let scan = segment(0xDA, &[&[1, 1, 0, 0, 63, 0]]);
    let head = segment(0xE0, &[b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"]);
    [
        &[0xFF, 0xD8],
        head.as_slice(),
        &segments.concat(),
        &scan,
        PIXELS,
        &[0xFF, 0xD9],
    ]
    .concat()
}

pub(super) fn exif_segment(order: Order, thumbnail: &[u8]) -> Vec<u8> {
    segment(0xE1, &[b"Exif\0\0", &tiff(order, thumbnail)])
}

pub(super) const PACKET: &str = r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:e="http://ns.adobe.com/exif/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 e:GPSLatitude="48,51.49N" e:GPSLongitude='2,17.66E' photoshop:City="Paris" tiff:Orientation="6">
<photoshop:Country>France 48.858</photoshop:Country>
<Iptc4xmpExt:LocationCreated><rdf:Bag><rdf:li Iptc4xmpExt:City="Paris">Champ de Mars</rdf:li></rdf:Bag></Iptc4xmpExt:LocationCreated>
<e:GPSAltitude/><!-- Paris --><dc:title>The tower</dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"#;

pub(super) fn iptc() -> Vec<u8> {
    let set = |number: u8, words: &str| {
        let length = u16::try_from(words.len()).unwrap().to_be_bytes();
        [&[0x1C, 2, number], length.as_slice(), words.as_bytes()].concat()
    };
    [set(5, "The tower"), set(90, "Paris"), set(101, "France")].concat()
}

pub(super) fn photoshop() -> Vec<u8> {
    let iptc = iptc();
    let mut resource = b"Photoshop 3.0\x008BIM\x04\x04\0\0".to_vec();
    resource.extend(u32::try_from(iptc.len()).unwrap().to_be_bytes());
    resource.extend(&iptc);
    resource.resize(resource.len() + iptc.len() % 2, 0);
    segment(0xED, &[&resource])
}

pub(super) fn png(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let header = (b"IHDR", vec![0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
    let data = (b"IDAT", vec![0x78, 0x9C, 0x63, 0x60, 0, 0, 0, 2, 0, 1]);
    let end = (b"IEND", Vec::new());
    let mut file = b"\x89PNG\r\n\x1A\n".to_vec();
    for (kind, body) in [&header].into_iter().chain(chunks).chain([&data, &end]) {
        file.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
        let summed = [kind.as_slice(), body].concat();
        let mut sum = flate2::Crc::new();
        sum.update(&summed);
        file.extend(summed);
        file.extend(sum.sum().to_be_bytes());
    }
    file
}

pub(super) fn webp(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (kind, data) in chunks {
        body.extend(*kind);
        body.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
        body.extend(data);
        body.resize(body.len() + data.len() % 2, 0);
    }
    let length = u32::try_from(body.len()).unwrap().to_le_bytes();
    [b"RIFF".as_slice(), &length, &body].concat()
}

pub(super) fn item(kind: &[u8; 4], body: &[&[u8]]) -> Vec<u8> {
    let body = body.concat();
    let length = u32::try_from(body.len() + 8).unwrap().to_be_bytes();
    [length.as_slice(), kind, &body].concat()
}

pub(super) const XMP_ID: &[u8] = &[
    0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC,
];

/// A film as telephones make them, of Apple, of Android and of 3GPP at once.
pub(super) fn film() -> Vec<u8> {
    let keys = [
        "com.apple.quicktime.make",
        "com.apple.quicktime.location.ISO6709",
    ];
    let names: Vec<u8> = keys
        .iter()
        .flat_map(|it| item(b"mdta", &[it.as_bytes()]))
        .collect();
    let value = |words: &str| item(b"data", &[&[0, 0, 0, 1, 0, 0, 0, 0], words.as_bytes()]);
    let values = [
        item(&[0, 0, 0, 1], &[&value("Apple")]),
        item(&[0, 0, 0, 2], &[&value("+48.8582+002.2945/")]),
    ];
    let meta = item(
        b"meta",
        &[
            &item(b"hdlr", &[&[0; 8], b"mdta", &[0; 12]]),
            &item(b"keys", &[&[0, 0, 0, 0, 0, 0, 0, 2], &names]),
            &item(b"ilst", &[&values.concat()]),
        ],
    );
    let user = item(
        b"udta",
        &[
            &item(b"\xA9xyz", &[&[0, 18, 0x15, 0xC7], b"+48.8582+002.2945/"]),
            &item(b"loci", &[&[0; 6], b"Paris\0", &[0; 15]]),
            &item(b"XMP_", &[PACKET.as_bytes()]),
            &[0; 4],
        ],
    );
    [
        item(b"ftyp", &[b"qt  \0\0\0\0qt  "]),
        item(b"mdat", &[b"pixels that move"]),
        item(b"moov", &[&item(b"mvhd", &[&[0; 100]]), &user, &meta]),
        item(b"uuid", &[XMP_ID, PACKET.as_bytes()]),
    ]
    .concat()
}

/// With Exif in a box beside the list and XMP in the data of the file.
pub(super) fn heic() -> Vec<u8> {
    let exif = [b"\0\0\0\x06Exif\0\0".as_slice(), &tiff(Order::Big, b"")].concat();
    let entry = |id: u8, rest: &[u8]| item(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], rest]);
    let names = item(
        b"iinf",
        &[
            &[0, 0, 0, 0, 0, 3],
            &entry(1, b"hvc1\0"),
            &entry(2, b"Exif\0"),
            &entry(3, b"mime\0application/rdf+xml\0"),
        ],
    );
    let file = |xmp_at: u32| {
        let place = |id: u8, method: u8, start: u32, length: usize| {
            let length = u32::try_from(length).unwrap();
            [
                &[0, id, 0, method, 0, 0, 0, 1],
                start.to_be_bytes().as_slice(),
                &length.to_be_bytes(),
            ]
            .concat()
        };
        let places = item(
            b"iloc",
            &[
                &[1, 0, 0, 0, 0x44, 0, 0, 3],
                &place(1, 0, xmp_at - 6, 6),
                &place(2, 1, 0, exif.len()),
                &place(3, 0, xmp_at, PACKET.len()),
            ],
        );
        let handler = item(b"hdlr", &[&[0; 8], b"pict", &[0; 13]]);
        let data = item(b"idat", &[&exif]);
        let meta = item(b"meta", &[&[0; 4], &handler, &names, &places, &data]);
        let head = item(b"ftyp", &[b"heic\0\0\0\0mif1heic"]);
        let media = item(b"mdat", &[b"pixels", PACKET.as_bytes()]);
        let start = head.len() + meta.len() + 8 + 6;
        ([head, meta, media].concat(), u32::try_from(start).unwrap())
    };
    let (_, xmp_at) = file(100);
    file(xmp_at).0
}

pub(super) fn gif() -> Vec<u8> {
    let mut ladder = vec![1];
    ladder.extend((0..=255u8).rev());
    ladder.push(0);
    [
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF".as_slice(),
        b"\x21\xFF\x0BXMP DataXMP",
        PACKET.as_bytes(),
        &ladder,
        b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3B",
    ]
    .concat()
}
