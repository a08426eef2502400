using Hotline.Wire.Identity;

namespace Hotline.Identity.Staff;

/// <summary>The list of accounts as a file.</summary>
internal static class StaffFile
{
    public static readonly ExportFile<StaffView> Columns = new ExportFile<StaffView>("staff", "人员账号", "Staff")
        .Words("用户名", "User name", m => m.Username, 20)
        .Words("姓名", "Name", m => m.Name)
        .Words("工号", "Staff number", m => m.StaffNumber)
        .Word("角色", "Role", "Role", m => m.Role)
        .Word("状态", "Status", "StaffState", m => m.Deleted ? "deleted" : m.Active ? "active" : "inactive")
        .YesNo("暂时锁定", "Locked for a while", m => m.Locked)
        .YesNo("两步验证", "Two-step verification", m => m.TwoFactor)
        .YesNo("使用临时密码", "Temporary password", m => m.MustChangePassword)
        .Moment("最近登录", "Last signed in", m => m.LastSignInAt)
        .Moment("创建时间", "Created", m => m.CreatedAt);
}
