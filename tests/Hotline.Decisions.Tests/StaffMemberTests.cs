using Hotline.Identity.Staff;
using Hotline.Identity.Users;
using Hotline.ServiceDefaults;

namespace Hotline.Decisions.Tests;

public sealed class StaffMemberTests
{
    private static readonly Caller Admin = new(Guid.NewGuid().ToString(), "admin", Roles.Admin, null),
        Supervisor = Admin with { Id = "s", Role = Roles.Supervisor };

    private static StaffMember A(string role) =>
        new() { Id = Guid.NewGuid(), Username = "somebody", Name = "某人", Role = role, Active = true, Version = 1 };

    private static StaffChange To(string? role = null, bool? active = null, string? number = null) => new(null, number, role, active);

    // who, whose role, the new role, allowed
    [Theory]
    [InlineData(Roles.Supervisor, Roles.Operator, null, true)]
    [InlineData(Roles.Supervisor, Roles.Operator, Roles.Supervisor, false)]
    [InlineData(Roles.Supervisor, Roles.Supervisor, Roles.Operator, false)]
    [InlineData(Roles.Supervisor, Roles.Admin, null, false)]
    [InlineData(Roles.Supervisor, Roles.Ops, null, false)]
    [InlineData(Roles.Admin, Roles.Operator, Roles.Admin, true)]
    [InlineData(Roles.Admin, Roles.Admin, Roles.Operator, true)]
    [InlineData(Roles.Admin, Roles.Ops, null, true)]
    public void A_supervisor_manages_operators_and_an_admin_everybody(string by, string role, string? next, bool allowed)
    {
        var caller = by == Roles.Admin ? Admin : Supervisor;
        (A(role).Change(To(next, active: false), caller, 1).Refusal is null).ShouldBe(allowed);
        (A(role).ForbidsTo(caller) is null).ShouldBe(by == Roles.Admin || role == Roles.Operator);
        (A(role).Delete(caller, 1).Refusal is null).ShouldBe(by == Roles.Admin || role == Roles.Operator);
    }

    [Fact]
    public void The_last_active_admin_stays_one()
    {
        A(Roles.Admin).Change(To(Roles.Operator), Admin, 0).Refusal!.Text.Code.ShouldBe("staff.last-admin");
        A(Roles.Admin).Change(To(active: false), Admin, 0).Refusal!.Text.Code.ShouldBe("staff.last-admin");
        A(Roles.Admin).Delete(Admin, 0).Refusal!.Text.Code.ShouldBe("staff.last-admin");
        A(Roles.Admin).Change(To(number: "8"), Admin, 0).State.StaffNumber.ShouldBe("8");
        (A(Roles.Admin) with { Active = false }).Delete(Admin, 0).Refusal.ShouldBeNull("an inactive one is not the last");
    }

    [Fact]
    public void Nobody_ends_or_raises_themselves()
    {
        var self = A(Roles.Admin) with { Id = Guid.Parse(Admin.Id) };
        self.Change(To(Roles.Operator), Admin, 5).Refusal!.Text.Code.ShouldBe("staff.own-role");
        self.Change(To(active: false), Admin, 5).Refusal!.Text.Code.ShouldBe("staff.own-role");
        self.Delete(Admin, 5).Refusal!.Text.Code.ShouldBe("staff.own-role");
        self.Change(To(number: "8"), Admin, 5).Refusal.ShouldBeNull();
    }

    [Fact]
    public void What_was_deleted_stays_so_and_what_changes_nothing_is_no_change()
    {
        var gone = A(Roles.Operator).Delete(Admin, 1).State;
        (gone.Active, gone.Deleted, gone.Version).ShouldBe((false, true, 2));
        foreach (var refusal in (Refusal?[])[gone.Change(To(active: true), Admin, 1).Refusal, gone.Delete(Admin, 1).Refusal,
            gone.ForbidsTo(Admin)]) refusal!.Text.Code.ShouldBe("staff.deleted");
        var same = A(Roles.Operator);
        same.Change(To(Roles.Operator, true), Admin, 1).State.ShouldBe(same);
    }

    [Theory]
    [InlineData(Roles.Operator, true, Roles.Supervisor, true, true)]
    [InlineData(Roles.Operator, true, Roles.Operator, false, true)]
    [InlineData(Roles.Operator, false, Roles.Operator, true, false)]
    [InlineData(Roles.Operator, true, Roles.Operator, true, false)]
    public void Another_role_and_an_end_take_the_tokens(string before, bool was, string after, bool isActive, bool takes) =>
        (A(after) with { Active = isActive }).TakesFrom(A(before) with { Active = was }).ShouldBe(takes);
}

public sealed class PasswordRulesTests
{
    private static string? Fault(string password) =>
        PasswordRules.Fault(password, new() { UserName = "limeiling", DisplayName = "李美玲", StaffNumber = "8001" })?.Code;

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("elevenchars")]
    [InlineData("密码太短了吧")]
    public void Twelve_characters_at_least(string password) => Fault(password).ShouldBe("password.too-short");

    [Theory]
    [InlineData("password1234")]
    [InlineData("Password2026!!")]
    [InlineData("P@$$word-1234")]
    [InlineData("123456789012")]
    [InlineData("qwertyuiop123")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("woaini1314520")]
    [InlineData("hotline12345")]
    [InlineData("limeiling8001")]
    [InlineData("limeiling2026")]
    [InlineData("admin12345admin")]
    [InlineData("987654321987654321")]
    [InlineData("iloveyou1234")]
    public void What_is_commonly_chosen_is_refused_whatever_decorates_it(string password) => Fault(password).ShouldBe("password.common");

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("spill quartz lantern")]
    [InlineData("门前大桥下游过一群鸭子快来数")]
    [InlineData("k7 fennel overcoat")]
    [InlineData("tumble-dry gravel")]
    public void Words_that_have_nothing_to_do_with_each_other_are_taken(string password) => Fault(password).ShouldBeNull();

    [Fact]
    public void What_is_given_out_is_taken_and_so_is_anything_of_any_characters()
    {
        for (var i = 0; i < 200; i++) Fault(Passwords.New()).ShouldBeNull();
        Fault(new string('x', 64) + " ßπ🚰 " + new string('y', 70)).ShouldBe("password.too-long");
        Fault("ßπ🚰🚰ж漢字 ok q~").ShouldBeNull();
    }
}
