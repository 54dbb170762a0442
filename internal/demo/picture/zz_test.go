package picture
import ("testing";"os";"fmt";"time")
func TestDump(t *testing.T){ os.MkdirAll("/tmp/F/pic",0o755); for _,n:=range Names(){ for _,w:=range []int{960,1600}{s:=time.Now(); b,err:=JPEG(n,w); if err!=nil{t.Fatal(err)}; fmt.Println(n,w,len(b),time.Since(s)); os.WriteFile(fmt.Sprintf("/tmp/F/pic/%s-%d.jpg",n,w),b,0o644)}}}
