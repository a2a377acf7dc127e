//! What is near what: stretches of a text, side by side or with words between, in either order.

/// The positions of the first and the last word of a stretch.
pub(super) type Stretch = (u32, u32);

/// Which stretches of each side take part: chosen one of each side, every one is near that of the side before and does not
/// overlap it. `within[n]` is how many words may stand between side `n` and the one before.
pub(super) fn taking_part(sides: &[Vec<Stretch>], within: &[u32]) -> Vec<Vec<bool>> {
    let mut kept: Vec<Vec<bool>> = sides.iter().map(|side| vec![true; side.len()]).collect();
    let last = sides.len().saturating_sub(1);
    for at in 1..=last {
        kept[at] = near(&sides[at], &sides[at - 1], &kept[at - 1], within[at]);
    }
    // What leads nowhere falls away from the end on.
    for at in (0..last).rev() {
        let near = near(&sides[at], &sides[at + 1], &kept[at + 1], within[at + 1]);
        kept[at].iter_mut().zip(near).for_each(|(kept, near)| *kept &= near);
    }
    kept
}

/// Whether the sides are near each other anywhere.
pub(super) fn holds(sides: &[Vec<Stretch>], within: &[u32]) -> bool {
    taking_part(sides, within)
        .first()
        .is_some_and(|first| first.contains(&true))
}

/// Which of these are near any of the others that are kept.
fn near(these: &[Stretch], others: &[Stretch], kept: &[bool], within: u32) -> Vec<bool> {
    let others = || {
        others
            .iter()
            .zip(kept)
            .filter(|(_, kept)| **kept)
            .map(|(other, _)| *other)
    };
    let mut starts: Vec<u32> = others().map(|other| other.0).collect();
    let mut ends: Vec<u32> = others().map(|other| other.1).collect();
    starts.sort_unstable();
    ends.sort_unstable();
    let is_near = |&(start, end): &Stretch| {
        let after = starts.get(starts.partition_point(|&other| other <= end));
        let before = ends
            .partition_point(|&other| other < start)
            .checked_sub(1)
            .map(|at| ends[at]);
        after.is_some_and(|after| after - end - 1 <= within)
            || before.is_some_and(|before| start - before - 1 <= within)
    };
    these.iter().map(is_near).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_does_not_matter_and_gaps_do() {
        let sides = |a: &[Stretch], b: &[Stretch]| [a.to_vec(), b.to_vec()];
        assert!(holds(&sides(&[(0, 0)], &[(1, 1)]), &[0, 0]));
        assert!(holds(&sides(&[(1, 1)], &[(0, 0)]), &[0, 0]));
        assert!(!holds(&sides(&[(0, 0)], &[(7, 7)]), &[0, 5]));
        assert!(holds(&sides(&[(7, 7)], &[(0, 1)]), &[0, 5]));
        assert!(
            !holds(&sides(&[(4, 4)], &[(4, 4)]), &[0, 5]),
            "one word is not near itself"
        );
        assert!(!holds(&sides(&[(4, 6)], &[(5, 5)]), &[0, 5]), "nor near a part of it");
        assert!(!holds(&sides(&[], &[(5, 5)]), &[0, 5]));
        assert!(!holds(&[], &[]));
    }

    #[test]
    fn a_chain_goes_through_one_place_of_each_side() {
        let sides = [vec![(0, 0), (50, 50)], vec![(2, 2), (90, 90)], vec![(4, 4), (92, 92)]];
        let part = taking_part(&sides, &[0, 1, 1]);
        assert_eq!(part, [[true, false], [true, false], [true, false]]);
        assert!(!holds(
            &[vec![(0, 0)], vec![(2, 2), (90, 90)], vec![(92, 92)]],
            &[0, 1, 1]
        ));
    }
}
