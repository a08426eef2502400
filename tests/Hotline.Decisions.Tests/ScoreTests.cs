using Hotline.Evaluation.Scores;

namespace Hotline.Decisions.Tests;

public sealed class ScoreTests
{
    [Fact]
    public void A_vendor_without_history_has_the_priors() =>
        Score.Of(new()).Value.ShouldBe(100 * (0.5 * 0.75 + 0.2 * 0.9 + 0.1 * 0.9 + 0.2), 1e-9);

    [Fact]
    public void The_satisfaction_is_the_Bayesian_average_that_the_formula_states() =>
        Score.Of(new() { Callbacks = 3, SatisfactionSum = 15 }).Satisfaction.ShouldBe((5 * 4.0 + 15) / 8, 1e-9);

    [Fact]
    public void One_bad_answer_does_not_break_a_vendor_and_many_do()
    {
        var one = Score.Of(new() { Callbacks = 1, SatisfactionSum = 1 }).Value;
        var many = Score.Of(new() { Callbacks = 50, SatisfactionSum = 50 }).Value;
        one.ShouldBeGreaterThan(70);
        many.ShouldBeLessThan(55);
    }

    [Fact]
    public void Kept_deadlines_raise_and_missed_ones_lower_it()
    {
        var kept = Score.Of(new() { DeadlinesKept = 20 }).Value;
        var missed = Score.Of(new() { DeadlinesKept = 10, DeadlinesMissed = 10 }).Value;
        kept.ShouldBeGreaterThan(Score.Of(new()).Value);
        missed.ShouldBeLessThan(Score.Of(new()).Value);
    }

    [Fact]
    public void Rejections_and_complaints_lower_it()
    {
        Score.Of(new() { Accepted = 5, Rejected = 5 }).Value.ShouldBeLessThan(Score.Of(new() { Accepted = 10 }).Value);
        Score.Of(new() { Completed = 10, Complaints = 3 }).Value.ShouldBeLessThan(Score.Of(new() { Completed = 10 }).Value);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1000, 1000, 0, 1000)]
    [InlineData(1000, 5000, 1000, 0)]
    public void It_stays_between_0_and_100_and_is_the_sum_of_its_parts(int callbacks, int sum, int completed, int complaints)
    {
        var score = Score.Of(new()
        {
            Callbacks = callbacks,
            SatisfactionSum = sum,
            Completed = completed,
            Complaints = complaints,
            Rejected = complaints,
            DeadlinesMissed = complaints,
        });
        score.Value.ShouldBeInRange(0, 100);
        score.Components.Sum(c => c.Weight).ShouldBe(1, 1e-9);
        score.Components.Sum(c => c.Points).ShouldBe(score.Value, 1e-9);
    }
}
