//! The scheme and the host that a redirect begins with.

use core::net::Ipv6Addr;

/// Whether this is a scheme and a host that Starlette takes: nothing in it changes what the rest of a URL means.
///
/// Source: Starlette's `parse_host_header`.
pub(super) fn is_origin(origin: &str) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    let is_scheme = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let (is_host, port) = match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) => (is_ip_literal(address), port),
        None => {
            let (name, port) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
            (!name.is_empty() && name.bytes().all(|byte| is_of_host(byte) || byte == b'%'), port)
        }
    };
    is_scheme && is_host && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
}

/// A `u16`, with any number of zeros before it.
fn is_port(port: &str) -> bool {
    let digits = port.trim_start_matches('0');
    !port.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits.is_empty() || digits.parse::<u16>().is_ok())
}

/// What stands in brackets: an IPv6 address, or one of a later version.
fn is_ip_literal(address: &str) -> bool {
    let Some(later) = address.strip_prefix('v') else { return address.parse::<Ipv6Addr>().is_ok() };
    later.split_once('.').is_some_and(|(version, address)| {
        let is_version = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_version && !address.is_empty() && address.bytes().all(|byte| is_of_host(byte) || byte == b':')
    })
}

fn is_of_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b'-'
        )
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    /// As `parse_host_header` of Starlette 1.10 takes them.
    #[test]
    fn hosts_are_those_that_starlette_takes() {
        let taken = "shop.test SHOP.test:8000 127.0.0.1 a_b ~!$&'()*+,;=-.% h:0 h:00065535 h:000000 [::1] [::1]:80 \
                     [2001:DB8::1.2.3.4] [v1.a:b] [vF.~]:1";
        let refused = ":80 h: h:65536 h:99999 h:abc h:+1 h:1:2 user@h h/ h? h# h\\ é.test [] [::zz] [::1 ::1 [::1]x [::1]: \
                       [V1.a] [v.a] [v1.] [v1] [fe80::1%eth0] [1.2.3.4]";
        for host in taken.split(' ') {
            assert!(is_origin(&format!("http://{host}")), "{host}");
        }
        for host in refused.split(' ').chain(["", "a b", "h\n"]) {
            assert!(!is_origin(&format!("http://{host}")), "{host}");
        }
    }

    #[test]
    fn what_is_no_origin() {
        for text in ["", "shop.test", "://shop.test", "a/b://shop.test", "http:/shop.test"] {
            assert!(!is_origin(text), "{text}");
        }
    }
}
